import type {ColdStarts} from '../../metrics/breaks/cold-starts.js';
import type {ColdKind} from '../../metrics/breaks/facts.js';
import {formatCount, formatTokens, moneyColumn} from '../numbers.js';

/** Names of the kinds of cold starts in reports. */
export const coldNames: Readonly<Record<ColdKind, string>> = {
	first: 'First of a thread',
	side: 'Beside a running conversation',
	shrunk: 'Prompt far smaller',
	switched: 'Another model or provider',
	together: 'Sent together (fan-out)',
};

/** Column headings of `coldRows`. */
export const coldHead = ['Cold start', 'Times', 'Tokens', 'Cost'] as const;

/** Explains the cost of cold starts, below their table. */
export const coldNote =
	'Requests that began a conversation with the cache, and what they paid for all but their reads.';

/** The kinds, most expensive first, and their total, in the columns of `coldHead`. */
export const coldRows = ({byKind, ...all}: ColdStarts): readonly (readonly string[])[] => {
	const named = [
		...byKind.map(({kind, ...total}) => ({name: coldNames[kind], ...total})),
		...(byKind.length > 1 ? [{name: 'Total', ...all}] : []),
	];
	const costs = moneyColumn(named.map(({cost}) => cost));
	return named.map(({name, total, tokens}, index) => [
		name,
		formatCount(total),
		formatTokens(tokens),
		costs[index] ?? '',
	]);
};
