import type {Request} from '../../../request.js';
import {emptyTally} from '../../format.js';
import {emptyThreadEvents} from '../../state/thread-events.js';
import type {Known} from './answers.js';

/** An example of the saved state of a session: it must have this shape. */
export const savedExample = {
	version: 3,
	tally: emptyTally(),
	time: 0,
	known: [['', [0, false, false, '', {}]]] as readonly (readonly [string, Known])[],
	rebuilt: [''] as readonly string[],
	events: emptyThreadEvents,
	projects: [['', '']] as readonly (readonly [string, string])[],
	/** The request without counts that is waiting for them, if any. */
	empty: [{id: '', time: 0}] as readonly Pick<Request, 'id' | 'time'>[],
};
