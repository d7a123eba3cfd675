import type {Group, GroupBy} from '../../metrics/groups.js';
import type {Report} from '../../metrics/report/report.js';
import {formatTokens, moneyColumn} from '../numbers.js';

/** Maximum rows of a table of groups in a report for people. */
export const mostGroups = 20;

/** The heading of a table of groups. */
export const groupHeading = (by: GroupBy): string => `By ${by}, most expensive loss first`;

/** Most expensive losses first; groups without losses follow in their order, most requests first. */
const mostExpensiveFirst = (groups: readonly Group[]): readonly Group[] =>
	groups.toSorted((one, other) => (other.lostCost ?? 0) - (one.lostCost ?? 0) || other.lostTokens - one.lostTokens);

/** The report's lists of groups. */
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

/** Maximum projects or threads named as those that lost the most. */
const mostNamed = 5;

/** The projects and the threads that lost the most; only those with losses. */
export const whereLost = (report: Report): readonly {readonly by: GroupBy; readonly groups: readonly Group[]}[] =>
	(['project', 'thread'] as const)
		.map(by => ({
			by,
			groups: groupsBy(report, by)
				.filter(({breaks, name}) => breaks > 0 && name !== undefined)
				.slice(0, mostNamed),
		}))
		.filter(({groups}) => groups.length > 0);

/**
 * The losses of groups as a column: dollars, or tokens without a price; n/a without usage.
 * @param isKnown false if nothing is known of breaks
 */
export const lostColumn = (groups: readonly Group[], isKnown: boolean): readonly string[] => {
	const amounts = groups.map(({summary, breaks, lostCost}) =>
		summary.basis !== 'measured' ? undefined : breaks > 0 ? lostCost : isKnown ? 0 : undefined,
	);
	const written = moneyColumn(amounts);
	return groups.map(({lostTokens}, index) =>
		lostTokens > 0 && amounts[index] === undefined ? `${formatTokens(lostTokens)} tokens` : (written[index] ?? ''),
	);
};
