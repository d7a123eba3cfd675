import {performance} from 'node:perf_hooks';
import {setImmediate} from 'node:timers/promises';

/** Milliseconds of work between two turns of the event loop. */
const turn = 8;

/** Lets everything else have its turn during work on thousands of small things. */
export class EventLoopYield {
	#since = performance.now();

	/** To be awaited between two of them; costs nothing most of the time. */
	async yieldIfDue(): Promise<void> {
		if (performance.now() - this.#since > turn) {
			await setImmediate();
			this.#since = performance.now();
		}
	}
}
