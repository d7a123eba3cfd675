import type {Group} from '../../metrics/groups.js';
import type {Report} from '../../metrics/report.js';
import {perReport} from '../per-report.js';

/** What threads can be sorted by, in the order of the key; what is worst comes first. */
export const threadSorts = ['lost', 'tokens', 'net', 'hits', 'read', 'requests', 'seen', 'thread'] as const;
export type ThreadSort = (typeof threadSorts)[number];

export const sortPhrases: Readonly<Record<ThreadSort, string>> = {
	lost: 'most money lost first',
	tokens: 'most tokens lost first',
	net: 'least saved first',
	hits: 'lowest hit rate first',
	read: 'lowest token hit rate first',
	requests: 'most requests first',
	seen: 'last seen first',
	thread: 'by name',
};

export const nextSort = (sort: ThreadSort): ThreadSort =>
	threadSorts[(threadSorts.indexOf(sort) + 1) % threadSorts.length] ?? 'lost';

/** The greatest comes first, what is not known last. */
const rankOf: Readonly<Record<Exclude<ThreadSort, 'thread'>, (group: Group) => number | undefined>> = {
	lost: ({lostCost, lostTokens}) => lostCost ?? (lostTokens > 0 ? undefined : 0),
	tokens: ({lostTokens}) => lostTokens,
	net: ({summary}) => negated(summary.money.netSavings),
	hits: ({summary}) => negated(summary.hitRate),
	read: ({summary}) => negated(summary.tokenHitRate),
	requests: ({summary}) => summary.requests + summary.unmeasured,
	seen: ({lastTime}) => lastTime,
};

const negated = (value: number | undefined): number | undefined => (value === undefined ? undefined : -value);

const names = new Intl.Collator('en', {numeric: true});

/** Lost without a known price is worse than nothing lost, and better known than not at all. */
const compareBy = (sort: ThreadSort): ((one: Group, other: Group) => number) => {
	if (sort === 'thread') {
		return (one, other) => names.compare(one.name ?? '', other.name ?? '');
	}
	const rank = rankOf[sort];
	const unknown = sort === 'lost' ? 0 : Number.NEGATIVE_INFINITY;
	return (one, other) => {
		const [before, after] = [rank(one) ?? unknown, rank(other) ?? unknown];
		return before === after ? other.lostTokens - one.lostTokens || other.lastTime - one.lastTime : after - before;
	};
};

const sorted = perReport(() => new Map<ThreadSort, readonly Group[]>());

/** The threads of a report in an order; sorted once. */
export const threadsBy = (report: Report, sort: ThreadSort): readonly Group[] => {
	const orders = sorted(report);
	const known = orders.get(sort) ?? report.threads.toSorted(compareBy(sort));
	orders.set(sort, known);
	return known;
};
