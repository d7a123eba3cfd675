import {type Against, otherSide, whyNoSide} from '../metrics/compare.js';
import type {Ledger, Overview, Wanted} from '../metrics/ledger.js';
import {allMarks, type Mark} from '../metrics/marks.js';
import type {PriceList} from '../metrics/money/pricing.js';
import {type Report, reportFrom, reportOf} from '../metrics/report/report.js';
import {reportQuestions} from '../metrics/report/report-questions.js';
import {totalOf} from '../metrics/sums/parts.js';
import {focusedThread, focusQuestions} from './focused-thread.js';
import type {Looking, Outlook} from './outlook.js';
import type {Compared, Snapshot} from './snapshot.js';
import {ThreadCount} from './thread-count.js';

const minute = 60_000;
/** Maximum number of listed requests: nobody scrolls through more, but a window may contain millions. */
const mostListed = 1000;

type SnapshotMakerOptions = {
	readonly ledger: Ledger;
	readonly prices: PriceList;
	/** Returns the current marks, for the trend. */
	readonly marks: () => readonly Mark[];
	readonly now: () => number;
	readonly outlook: Outlook;
};

/** The part of a snapshot that is computed from the ledger. */
type Made = Omit<Snapshot, 'state' | 'progress' | 'behind' | 'readings'>;

/** Computes snapshots by asking a ledger. */
export class SnapshotMaker {
	readonly #options: SnapshotMakerOptions;
	readonly #threads = new ThreadCount();
	#isOutdated = false;

	constructor(options: SnapshotMakerOptions) {
		this.#options = options;
	}

	/** True if the latest snapshot has an outdated count of the threads, or none. */
	get isOutdated(): boolean {
		return this.#isOutdated;
	}

	/** Expected duration of counting the threads, in milliseconds. */
	get countTook(): number {
		return this.#threads.took;
	}

	async make(): Promise<Made> {
		const {ledger, prices, marks, outlook} = this.#options;
		const now = this.#options.now();
		const looking = outlook.now(now);
		const {filter, focus, against} = looking;
		const usual = {filter, closeSeries: true, most: mostListed, mostThreads: mostListed, marks: marks()};
		const moment = await ledger.ask(overview => {
			const {window, standIn} = this.#countingAt(looking, overview);
			return {
				lastMinute: {kind: 'parts', window: {from: now - minute, to: now + 1, name: 'custom'}, filter: {}, by: []},
				...reportQuestions(window, overview, prices, now, {...usual, ...(standIn && {threads: standIn.found})}),
				...focusQuestions(focus, window, filter, mostListed),
			} as const satisfies Wanted;
		});
		const {view, window, counting, standIn} = this.#countingAt(looking, moment.overview);
		outlook.suggest(view);
		this.#threads.counted(counting, moment);
		this.#isOutdated = standIn?.isComplete === false;
		const report = reportFrom(moment, window, prices, now, {...usual, ...(standIn && {threads: standIn.found})});
		return {
			view,
			report,
			against: against && (await this.#compared(against, report, moment.overview)),
			isCounting: this.#isOutdated && standIn?.found.count === 0,
			focused: focus && focusedThread(moment, focus, prices, now, mostListed),
			problems: moment.problems,
			requestRate: totalOf(moment.answers.lastMinute).requests / 60,
			now,
		};
	}

	/** Counts the threads, which is slow. */
	async count(): Promise<void> {
		const {ledger, outlook} = this.#options;
		const looking = outlook.now(this.#options.now());
		const moment = await ledger.ask(overview => {
			const {window} = looking.at(overview);
			return {
				threads: {kind: 'threads', window, filter: looking.filter, most: mostListed},
			} as const satisfies Wanted;
		});
		this.#threads.counted(this.#countingAt(looking, moment.overview).counting, moment);
	}

	#countingAt(looking: Looking, overview: Overview) {
		const {view, window} = looking.at(overview);
		const looksAt = JSON.stringify([view, looking.filter]);
		const counting = {looksAt, version: overview.version, to: window.to};
		return {view, window, counting, standIn: this.#threads.standIn(counting)};
	}

	async #compared(against: Against, report: Report, {span, clients}: Overview): Promise<Compared> {
		const {ledger, prices, marks} = this.#options;
		const now = this.#options.now();
		const side = otherSide(against, report, {now, span, marks: allMarks(marks(), clients)});
		if (!side) {
			return {message: whyNoSide(against)};
		}
		// One thread tells whether conversations are named at all.
		const few = {most: 0, mostThreads: 1, evidence: false};
		return {report: await reportOf(ledger, side.window, prices, now, {filter: side.filter, ...few})};
	}
}
