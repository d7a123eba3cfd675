import {fingerprint} from '../sources/file/position.js';
import {type Reread, rereadIn} from './glance.js';

/**
 * Logs up to this many bytes are read again when they grow, instead of storing their session's state, which is as
 * large.
 */
const mostReread = 32 << 10;

/** Decides whether a log is so short that it is read again when it grows, and finds in it what was read before. */
export class ShortLog {
	/** What an earlier process read, if it has to be read again when the log grows. */
	#known: Reread | undefined;
	#print: string | undefined;

	/**
	 * Starts with what an earlier process saved.
	 * @param glance the saved summary of a log without a cursor
	 * @returns what that process read, if it has to be read again
	 */
	resume(glance: string | undefined): Reread | undefined {
		this.#known = glance === undefined ? undefined : rereadIn(glance);
		return this.#known;
	}

	/** Fingerprint of everything that was read, if that came in one piece and is short. */
	get print(): string | undefined {
		return this.#print;
	}

	/**
	 * Takes lines that are about to be read.
	 * @param isBeginning true if they begin the log
	 * @returns what an earlier process read, and whether the lines begin with it; undefined if nothing has to be read
	 * again
	 */
	take(bytes: Buffer, isBeginning: boolean): {readonly known: Reread; readonly isThere: boolean} | undefined {
		this.#print = isBeginning && bytes.length <= mostReread ? fingerprint(bytes) : undefined;
		const known = this.#known;
		this.#known = undefined;
		return known && {known, isThere: isBeginning && fingerprint(bytes.subarray(0, known.read)) === known.print};
	}

	/** Notes that more was read than one piece that can be read again. */
	setLong(): void {
		this.#print = undefined;
	}
}
