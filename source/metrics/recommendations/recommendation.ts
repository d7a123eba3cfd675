import type {Blocks} from '../blocks.js';
import type {Breaks} from '../breaks/breaks.js';
import type {ColdStarts} from '../breaks/cold-starts.js';
import type {Lifetimes} from '../breaks/lifetimes.js';
import type {Suspect} from '../breaks/suspects/lift.js';
import type {Group} from '../groups.js';
import type {Summary} from '../report/summary.js';
import type {Measures} from '../sums/measure-sums.js';

/** Most urgent first. */
export const severities = ['critical', 'warning', 'note', 'good'] as const;
/** One of `severities`. */
export type Severity = (typeof severities)[number];

/** The result of a rule. */
export type Finding = {
	/** A stable id, for filtering. */
	readonly id: string;
	readonly severity: Severity;
	/** One sentence with its numbers. */
	readonly evidence: string;
	/** One thing to do. */
	readonly action: string;
	/** The cost in the window in dollars; undefined if unknown. */
	readonly cost: number | undefined;
};

/** A finding and what acting on it is worth. */
export type Recommendation = Finding & {
	/** Dollars; a window of less than a day counts as one day. Undefined without a cost. */
	readonly worthPerDay: number | undefined;
	/** Dollars; undefined if the requests cover less than a day. */
	readonly worthPerMonth: number | undefined;
};

/** The figures of a window, which rules look at. */
export type Facts = {
	/** The sums of the window. */
	readonly total: Measures;
	readonly lifetimes: Lifetimes;
	readonly summary: Summary;
	readonly blocks: Blocks;
	readonly breaks: Breaks;
	readonly coldStarts: ColdStarts;
	/** Events that precede breaks more often than other requests, highest lift first. */
	readonly suspects: readonly Suspect[];
	readonly models: readonly Group[];
	/** Length of the period that the requests cover, in days. */
	readonly days: number;
	/** Number of days with requests; logs that are read together may be months apart. */
	readonly activeDays: number;
};

/** A rule that looks for one thing worth doing; undefined if there is no reason for it. */
export type Rule = (facts: Facts) => Finding | undefined;
