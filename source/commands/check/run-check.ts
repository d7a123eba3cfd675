import {parseWindow, presetChoice} from '../../metrics/windows/window.js';
import type {Options} from '../../session/options.js';
import type {Settings} from '../../settings/schema.js';
import {check} from './check.js';
import {type CheckFlags, parseCheck} from './check-options.js';

/**
 * `hitrate check`, with rules from the command line or the config file. The channels' code is loaded only to notify.
 */
export const runCheck = async (options: Options, flags: CheckFlags, settings: Settings): Promise<number> => {
	const {alerts} = settings;
	const wanted = parseCheck(flags, alerts);
	const window = options.window ?? parseWindow(alerts?.window ?? '') ?? presetChoice('24h');
	if (!wanted.notify) {
		return check({...options, ...wanted, window});
	}
	const [{deliverTo}, {receiversOf}] = await Promise.all([import('./deliver.js'), import('./receivers.js')]);
	return check(
		{...options, ...wanted, window},
		deliverTo(receiversOf(options, settings, window, wanted.minRequests), wanted),
	);
};
