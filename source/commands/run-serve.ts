import {parseWindow, presetChoice} from '../metrics/windows/window.js';
import {alertingOf} from '../server/alerting.js';
import type {Options} from '../session/options.js';
import type {Settings} from '../settings/settings.js';
import {type CheckFlags, parseCheck} from './check-options.js';
import {receiversOf} from './receivers.js';
import {serve} from './serve.js';

/** Milliseconds from one judgement to the next. */
const every = 60_000;

/** `hitrate serve`: the rules are those of the command line or the config file; without any it alerts nobody. */
export const runServe = async (
	options: Options,
	flags: CheckFlags & {readonly listen?: string | undefined},
	settings: Settings,
): Promise<number> => {
	const {alerts} = settings;
	const hasRules = Object.values(ruleFlags(flags)).some(flag => flag !== undefined) || alerts?.rules !== undefined;
	const wanted = hasRules ? parseCheck({...ruleFlags(flags), minRequests: flags.minRequests}, alerts) : undefined;
	const window = options.window ?? parseWindow(alerts?.window ?? '') ?? presetChoice('24h');
	const alerting =
		wanted &&
		alertingOf({
			...receiversOf(options, settings, window, wanted.minRequests),
			window,
			every,
			rules: wanted.rules,
			minRequests: wanted.minRequests,
			dryRun: flags.dryRun ?? false,
		});
	return serve({...options, listen: flags.listen, alerting});
};

const ruleFlags = ({minHitRate, minTokenHitRate, minNetSavings, maxLostCost, maxBreakRate, failIf}: CheckFlags) => ({
	minHitRate,
	minTokenHitRate,
	minNetSavings,
	maxLostCost,
	maxBreakRate,
	failIf: failIf && failIf.length > 0 ? failIf : undefined,
});
