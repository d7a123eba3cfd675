import type {Blocks} from '../blocks.js';
import type {Breaks} from '../breaks/breaks.js';
import type {ColdStarts} from '../breaks/cold-starts.js';
import type {Lifetimes} from '../breaks/lifetimes.js';
import type {Suspect} from '../breaks/suspects/lift.js';
import type {Group} from '../groups.js';
import type {Summary} from '../report/summary.js';
import type {Measures} from '../sums/measures.js';

/** Most urgent first. */
export const severities = ['critical', 'warning', 'note', 'good'] as const;
/** One of `severities`. */
export type Severity = (typeof severities)[number];

/** What a rule finds. */
export type Finding = {
	/** Stable, for those who filter. */
	readonly id: string;
	readonly severity: Severity;
	/** One sentence with its numbers. */
	readonly evidence: string;
	/** One thing to do. */
	readonly action: string;
	/** What it cost in the window, dollars; undefined if that cannot be computed. */
	readonly cost: number | undefined;
};

/** What to do, why, and what it is worth. */
export type Recommendation = Finding & {
	/** Dollars; a window of less than a day counts as one. Undefined without a cost. */
	readonly worthPerDay: number | undefined;
	/** Dollars; undefined if the requests cover less than a day. */
	readonly worthPerMonth: number | undefined;
};

/** What the rules look at: one window's numbers. */
export type Facts = {
	/** Its sums. */
	readonly total: Measures;
	readonly lifetimes: Lifetimes;
	readonly summary: Summary;
	readonly blocks: Blocks;
	readonly breaks: Breaks;
	readonly coldStarts: ColdStarts;
	/** What stands before breaks more often than before other requests, the highest lift first. */
	readonly suspects: readonly Suspect[];
	readonly models: readonly Group[];
	/** Length of the time that the requests cover, in days. */
	readonly days: number;
	/** On how many days there were requests; logs that are read together may lie months apart. */
	readonly activeDays: number;
};

/** Looks for one thing worth doing; undefined if the window gives no reason for it. */
export type Rule = (facts: Facts) => Finding | undefined;
