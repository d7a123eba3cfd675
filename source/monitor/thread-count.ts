import {type Moment, noThreads, type Question, type ThreadsFound} from '../metrics/ledger.js';

/** Milliseconds that counting threads may take within a snapshot; where it takes longer, it is done after the rest. */
const noticeable = 40;

/** Milliseconds by which a window may have moved on since its threads were counted, for the count to stand. */
const validFor = 15_000;

/** What a count of threads is for: an earlier count of the same may stand in. */
type Counting = {
	/** The window and filter as one text, equal for equal ones. */
	readonly looksAt: string;
	/** The ledger's `version` when it was counted. */
	readonly version: number;
	/** End of the window, epoch milliseconds. */
	readonly to: number;
};

/**
 * Counts the threads of a window. Where there are hundreds of thousands of them that takes longer than all else, so
 * then the latest count stands in until there is time for the next.
 */
export class ThreadCount {
	#latest: (Counting & {readonly found: ThreadsFound}) | undefined;
	/** How long the latest count took, milliseconds. */
	#took = 0;

	/** How long counting is expected to take, milliseconds. */
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

	/** Remembers the threads that were asked for. */
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
