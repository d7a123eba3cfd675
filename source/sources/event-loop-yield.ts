import {setImmediate} from 'node:timers/promises';
import {monotonic} from '../time/monotonic.js';

/** Milliseconds of work between two turns of the event loop. */
const turn = 8;

/** Yields to the event loop during work on thousands of small items. */
export class EventLoopYield {
	#since = monotonic();

	/** To be awaited between two items; usually costs nothing. */
	async yieldIfDue(): Promise<void> {
		if (monotonic() - this.#since > turn) {
			await setImmediate();
			this.#since = monotonic();
		}
	}
}
