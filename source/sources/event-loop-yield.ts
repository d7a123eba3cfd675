import {setImmediate} from 'node:timers/promises';
import {monotonic} from '../time/monotonic.js';

/** Milliseconds of work between two turns of the event loop. */
const turn = 8;

/** Lets everything else have its turn during work on thousands of small things. */
export class EventLoopYield {
	#since = monotonic();

	/** To be awaited between two of them; costs nothing most of the time. */
	async yieldIfDue(): Promise<void> {
		if (monotonic() - this.#since > turn) {
			await setImmediate();
			this.#since = monotonic();
		}
	}
}
