import {type Moment, noThreads, type Question, type ThreadsFound} from '../metrics/ledger.js';

/** Milliseconds that counting threads may take within a snapshot; if it takes longer, it is deferred. */
const noticeable = 40;

/** Milliseconds that a window may have moved while an earlier count of its threads remains valid. */
const validFor = 15_000;

/** Identifies a count of threads. */
type Counting = {
	/** Window and filter as a text. */
	readonly looksAt: string;
	/** The ledger's `version` at the time of the count. */
	readonly version: number;
	/** End of the window in epoch milliseconds. */
	readonly to: number;
};

/**
 * Caches the threads of a window. Counting hundreds of thousands of them takes longer than everything else, so the
 * latest count is shown until there is time for the next.
 */
export class ThreadCount {
	#latest: (Counting & {readonly found: ThreadsFound}) | undefined;
	/** Duration of the latest count in milliseconds. */
	#took = 0;

	/** Expected duration of a count in milliseconds. */
	get took(): number {
		return this.#took;
	}

	/** The count to show for now, and whether it is up to date; undefined if the threads can be counted at once. */
	standIn({looksAt, version, to}: Counting): {readonly found: ThreadsFound; readonly isComplete: boolean} | undefined {
		if (this.#took <= noticeable) {
			return undefined;
		}
		const same = this.#latest?.looksAt === looksAt ? this.#latest : undefined;
		return {
			found: same?.found ?? noThreads,
			isComplete: same?.version === version && to - same.to < validFor,
		};
	}

	/** Saves the result of a count. */
	counted(
		counting: Counting,
		{answers, took}: Moment<{readonly threads: Extract<Question, {kind: 'threads'}> | undefined}>,
	): void {
		if (answers.threads) {
			this.#took = took.threads ?? 0;
			this.#latest = {...counting, found: answers.threads};
		}
	}
}
