import type {Group, GroupBy} from '../metrics/groups.js';
import type {Report} from '../metrics/report.js';
import {formatMoney, formatTokens} from './numbers.js';

/** Groups beyond so many say little in a report that is read. */
export const mostGroups = 20;

export const groupHeading = (by: GroupBy): string => `By ${by}, dearest loss first`;

/** The dearest losses first; those that lost nothing follow as they are, the most requests first. */
export const dearestFirst = (groups: readonly Group[]): readonly Group[] =>
	groups.toSorted((one, other) => (other.lostCost ?? 0) - (one.lostCost ?? 0) || other.lostTokens - one.lostTokens);

/** Where a report has its groups. */
const lists = {
	model: 'models',
	thread: 'threads',
	project: 'projects',
	agent: 'agents',
	provider: 'providers',
	source: 'sources',
} as const satisfies Readonly<Record<GroupBy, keyof Report>>;

/** A report's groups, dearest losses first. */
export const groupsBy = (report: Report, by: GroupBy): readonly Group[] => dearestFirst(report[lists[by]]);

/** What a group lost: dollars, tokens where they have no price, n/a where usage is not known. */
export const lostText = ({summary, breaks, lostCost, lostTokens}: Group): string => {
	if (summary.basis !== 'measured') {
		return 'n/a';
	}
	if (breaks === 0) {
		return formatMoney(0);
	}
	return lostCost === undefined ? `${formatTokens(lostTokens)} tokens` : formatMoney(lostCost);
};
