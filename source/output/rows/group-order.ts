import type {Group, GroupBy} from '../../metrics/groups.js';
import type {Report} from '../../metrics/report/report.js';
import {formatTokens, moneyColumn} from '../numbers.js';

/** Rows of a table of groups in a report for people. */
export const mostGroups = 20;

/** The heading of a table of groups. */
export const groupHeading = (by: GroupBy): string => `By ${by}, most expensive loss first`;

/** The most expensive losses first; those that lost nothing follow as they are, the most requests first. */
const mostExpensiveFirst = (groups: readonly Group[]): readonly Group[] =>
	groups.toSorted((one, other) => (other.lostCost ?? 0) - (one.lostCost ?? 0) || other.lostTokens - one.lostTokens);

/** Where a report has its groups. */
const lists = {
	model: 'models',
	thread: 'threads',
	project: 'projects',
	agent: 'agents',
	provider: 'providers',
	host: 'hosts',
	source: 'sources',
} as const satisfies Readonly<Record<GroupBy, keyof Report>>;

/** A report's groups, most expensive losses first. */
export const groupsBy = (report: Report, by: GroupBy): readonly Group[] => mostExpensiveFirst(report[lists[by]]);

/** Projects, or threads, that a report names where it says where cache was lost. */
const mostNamed = 5;

/** The projects and the threads that lost the most; without those that lost nothing. */
export const whereLost = (report: Report): readonly {readonly by: GroupBy; readonly groups: readonly Group[]}[] =>
	(['project', 'thread'] as const)
		.map(by => ({
			by,
			groups: groupsBy(report, by)
				.filter(({breaks, name}) => breaks > 0 && name !== undefined)
				.slice(0, mostNamed),
		}))
		.filter(({groups}) => groups.length > 0);

/** What groups lost, as a column: dollars, tokens where they have no price, n/a if usage is not known. */
export const lostColumn = (groups: readonly Group[]): readonly string[] => {
	const amounts = groups.map(({summary, breaks, lostCost}) =>
		summary.basis !== 'measured' ? undefined : breaks === 0 ? 0 : lostCost,
	);
	const written = moneyColumn(amounts);
	return groups.map(({summary, lostTokens}, index) =>
		summary.basis === 'measured' && amounts[index] === undefined
			? `${formatTokens(lostTokens)} tokens`
			: (written[index] ?? ''),
	);
};
