import type {Counted} from '../../metrics/facts.js';
import type {Gain, Lifetimes} from '../../metrics/lifetimes.js';
import {addRequest, type Measure, type Measures, noMeasures} from '../../metrics/measures.js';
import {type Lane, laneKey, laneOf} from '../../metrics/parts.js';
import type {PriceList} from '../../metrics/pricing.js';
import type {Row, Value} from './connection.js';
import {type Query, type Reader, takenOf} from './reader.js';
import {column} from './rollup-tables.js';
import type {Tables} from './tables.js';

/** The threads of a window, and which of them were wanted. */
export type NotableThreads = {
	readonly count: number;
	/** Of all of them. */
	readonly lifetimes: Lifetimes;
	/** The numbers of those that are wanted and have requests that are kept; 0 is none. */
	readonly threads: readonly number[];
	/** The requests of those that are wanted that are not kept. */
	readonly provisional: readonly Counted[];
};

/** What of a thread's sums the answer is made of. */
const measures = [
	'requests',
	'lostOneHour',
	'lostFiveMinutes',
	'lostInput',
	'pauses',
	'bridgedOneHour',
	'bridgedFiveMinutes',
	'bridgedInput',
	'cacheWrite5m',
	'cacheWrite1h',
] as const satisfies readonly Measure[];

/**
 * Of one row of sums. Prices of its lane: what a lost token costs by how it was paid for, and how much dearer it is to
 * write one for an hour; without a price what it is worth is NULL, which no sum counts.
 */
const worth = `
	requests,
	lostOneHour + lostFiveMinutes + lostInput AS lost,
	pauses,
	bridgedOneHour + bridgedFiveMinutes + bridgedInput AS bridged,
	bridgedOneHour * oneHour + bridgedFiveMinutes * fiveMinutes + bridgedInput * input - cacheWrite5m * dearer AS longer,
	cacheWrite1h * dearer AS shorter`;

/** As two sums, of the upper and the lower half of each number: one of them all may overflow, which is an error. */
const halves = (sum: string, name: string): string => `sum(${name} >> 32) ${sum}, sum(${name} & 0xffffffff) ${sum}`;
const whole = (name: string): string => `sum(${name} >> 32) * 0x100000000 + sum(${name} & 0xffffffff)`;

const gain = (name: string): string => `
	sum(${name} > 0),
	CAST(sum(${name} >> 32) FILTER (WHERE ${name} > 0) AS TEXT),
	CAST(sum(${name} & 0xffffffff) FILTER (WHERE ${name} > 0) AS TEXT)`;
