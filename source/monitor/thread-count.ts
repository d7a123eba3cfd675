import type {Filter} from '../metrics/filter.js';
import type {Ledger, ThreadsFound} from '../metrics/ledger.js';
import type {Window} from '../metrics/windows/window.js';

/** Longer than a frame, shorter than anybody notices: beyond it the threads are counted after the rest, milliseconds. */
const noticeable = 40;

/** A window that ends now moves on; so far, milliseconds, what was counted still stands for it. */
const moved = 15_000;

const none: ThreadsFound = {
	count: 0,
	parts: [],
	lifetimes: {longer: {threads: 0, worth: 0n}, shorter: {threads: 0, worth: 0n}},
};

/**
 * Counts the threads of a window. Where there are hundreds of thousands of them that takes longer than all else, so
 * then the latest count stands in until there is time for the next.
 */
export class ThreadCount {
	readonly #ledger: Ledger;
	readonly #most: number;
	#latest:
		| {readonly looksAt: string; readonly version: number; readonly to: number; readonly found: ThreadsFound}
		| undefined;
	/** How long the latest count took, milliseconds. */
	#took = 0;

	/** @param most so many threads are wanted one by one */
	constructor(ledger: Ledger, most: number) {
		this.#ledger = ledger;
		this.#most = most;
	}

	/** How long counting is expected to take, milliseconds. */
	get took(): number {
		return this.#took;
	}

	/**
	 * What is known at once, and whether it is all there is to know.
	 * @param looksAt tells what is looked at from all else: an earlier count of the same may stand in
	 * @param version of the ledger
	 */
	known(
		window: Window,
		filter: Filter,
		looksAt: string,
		version: number,
	): {readonly found: ThreadsFound; readonly isComplete: boolean} {
		if (this.#took <= noticeable) {
			return {found: this.count(window, filter, looksAt, version), isComplete: true};
		}
		const same = this.#latest?.looksAt === looksAt ? this.#latest : undefined;
		return {found: same?.found ?? none, isComplete: same?.version === version && window.to - same.to < moved};
	}

	count(window: Window, filter: Filter, looksAt: string, version: number): ThreadsFound {
		const start = performance.now();
		const found = this.#ledger.threads(window, filter, this.#most);
		this.#took = performance.now() - start;
		this.#latest = {looksAt, version, to: window.to, found};
		return found;
	}
}
