import type {Blocks} from '../blocks.js';
import type {Breaks} from '../breaks/breaks.js';
import type {Lifetimes} from '../breaks/lifetimes.js';
import type {Group} from '../groups.js';
import type {Measures} from '../measures.js';
import type {Summary} from '../summary.js';

/** Most urgent first. */
export const severities = ['critical', 'warning', 'note', 'good'] as const;
export type Severity = (typeof severities)[number];

/** What to do, and why. */
export type Recommendation = {
	/** Stable, for those who filter. */
	readonly id: string;
	readonly severity: Severity;
	/** One sentence with its numbers. */
	readonly evidence: string;
	/** One thing to do. */
	readonly action: string;
	/** Dollars a day; undefined where it cannot be computed. */
	readonly worthPerDay: number | undefined;
};

/** What the rules look at: one window's numbers. */
export type Facts = {
	/** Its sums. */
	readonly total: Measures;
	readonly lifetimes: Lifetimes;
	readonly summary: Summary;
	readonly blocks: Blocks;
	readonly breaks: Breaks;
	readonly models: readonly Group[];
	/** Length of the time that the requests cover, in days; at least one, so that an hour is never made a day of. */
	readonly days: number;
};

export type Rule = (facts: Facts) => Recommendation | undefined;
