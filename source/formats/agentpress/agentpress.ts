import {eachNominated} from '../candidates.js';
import type {Format} from '../format.js';
import {Unwrapper} from '../wrappers/unwrap.js';
import {nominates} from './bytes/nominate.js';
import {parseEvent} from './events.js';
import {AgentPressSession} from './session.js';

/** Whether at least one line is an event about caching, and not only quotes one. */
const holdsEvent = (head: Buffer): boolean => {
	const unwrapper = new Unwrapper();
	let found = false;
	eachNominated(head, nominates, (bytes, start, end) => {
		if (!found) {
			const unwrapped = unwrapper.unwrap(bytes.toString('utf8', start, end));
			found = unwrapped.kind === 'record' && parseEvent(unwrapped.record.text) !== undefined;
		}
		return !found && unwrapper.waiting;
	});
	return found;
};

/** Logs of an AgentPress / Suna backend, of every version and rendering, bare or wrapped. */
export const agentpress: Format = {
	name: 'agentpress',
	title: 'AgentPress / Suna backend',
	recognise: holdsEvent,
	open: (context, saved) => new AgentPressSession(context, saved),
};
