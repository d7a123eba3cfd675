import type {Format} from '../format.js';
import {needles} from './events.js';
import {AgentPressSession} from './session.js';

/** Logs of an AgentPress / Suna backend, of every version and rendering, bare or wrapped. */
export const agentpress: Format = {
	name: 'agentpress',
	title: 'AgentPress / Suna backend',
	recognise: head => needles.some(needle => head.includes(needle)),
	open: context => new AgentPressSession(context),
};
