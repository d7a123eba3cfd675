import {isMeasured} from '../../measured.js';
import type {Break} from '../breaks.js';
import {firstCall} from '../chain.js';
import {fewestBreaks} from './lift.js';
import type {OpenBreak} from './open-breaks.js';
import {isOpen} from './suspicious.js';

/** What breaks are grouped by, widest first. */
const clusters = ['client', 'project', 'thread'] as const;

/** Breaks that stopped at the same token: the prompt before it survived each time, and what follows it changed. */
export type Survived = {
	/** What else the breaks have in common. */
	readonly cluster: (typeof clusters)[number];
	/** The name of the client, project or thread. */
	readonly name: string;
	/** Tokens read from the cache. */
	readonly read: number;
	/** Number of breaks that read this many. */
	readonly breaks: number;
	/** Number of all open breaks of the client, project or thread. */
	readonly of: number;
};

/** Minimum share of the breaks that counts as a pattern. */
const leastShare = 1 / 3;
const mostSurvived = 10;

/** Where open breaks stopped, most breaks first. A pattern of a wider group is not repeated for narrower ones. */
export const survivedOf = (open: readonly OpenBreak[]): readonly Survived[] => {
	const found: Survived[] = [];
	for (const cluster of clusters) {
		for (const [name, reads] of readsBy(cluster, open)) {
			for (const [read, times] of timesOf(reads)) {
				const isPattern = times >= fewestBreaks && times >= reads.length * leastShare;
				const isSaid = found.some(
					wider =>
						wider.cluster !== cluster && wider.read === read && (wider.breaks === times || wider.breaks === wider.of),
				);
				if (isPattern && !isSaid) {
					found.push({cluster, name, read, breaks: times, of: reads.length});
				}
			}
		}
	}
	return found.sort((one, other) => other.breaks - one.breaks || other.read - one.read).slice(0, mostSurvived);
};

/** The pattern that a break belongs to, the one with the most breaks; undefined if there is none. */
export const survivedWith = (all: readonly Survived[], {request, cause}: Break): Survived | undefined =>
	isOpen(cause) && isMeasured(request)
		? all.find(({cluster, name, read}) => request[cluster] === name && firstCall(request).cacheRead === read)
		: undefined;

const readsBy = (cluster: Survived['cluster'], open: readonly OpenBreak[]): ReadonlyMap<string, readonly number[]> => {
	const reads = new Map<string, number[]>();
	for (const {[cluster]: name, read} of open) {
		if (name !== undefined && read !== undefined) {
			const list = reads.get(name) ?? [];
			reads.set(name, list);
			list.push(read);
		}
	}
	return reads;
};

const timesOf = (reads: readonly number[]): ReadonlyMap<number, number> => {
	const times = new Map<number, number>();
	for (const read of reads) {
		times.set(read, (times.get(read) ?? 0) + 1);
	}
	return times;
};
