import process from 'node:process';
import {openChannels} from '../../alerts/channels/channels.js';
import {alertStatePath} from '../../alerts/state.js';
import type {WindowChoice} from '../../metrics/windows/window.js';
import type {Options} from '../../session/options.js';
import {allRootsOf} from '../../session/scope.js';
import type {Settings} from '../../settings/schema.js';
import type {Receivers} from './deliver.js';

/** The channels of the config file and the environment, and the scope of these sources' alerts. */
export const receiversOf = (
	{sources, exec, filter}: Options,
	{alerts}: Settings,
	window: WindowChoice,
	minRequests: number,
): Receivers => ({
	channels: openChannels(alerts, process.env),
	scope: JSON.stringify([allRootsOf(sources, exec) ?? sources, filter, window, minRequests]),
	statePath: alertStatePath(),
	damping: {
		...(alerts?.cooldown !== undefined && {cooldown: alerts.cooldown}),
		...(alerts?.hysteresis !== undefined && {hysteresis: alerts.hysteresis}),
	},
});
