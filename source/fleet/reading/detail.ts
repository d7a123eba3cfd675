import {allMeasures, type Measure, threadMeasures} from '../../metrics/sums/measures.js';
import {tellingMeasures} from '../../metrics/threads.js';

/** How many measures are read; each level includes the ones before it. Reading few measures is faster. */
export type Detail = 'requests' | 'telling' | 'threads' | 'all';

const without = (measures: readonly Measure[], less: readonly Measure[]): readonly Measure[] =>
	measures.filter(name => !less.includes(name));

/** The array columns of stored sums, with the measures that they contain in order. */
export const sumColumns = {
	telling: tellingMeasures,
	usual: without(threadMeasures, tellingMeasures),
	others: without(allMeasures, threadMeasures),
} as const satisfies Readonly<Record<string, readonly Measure[]>>;

const details: Readonly<Record<Detail, {readonly measures: readonly Measure[]; readonly ofKept: string}>> = {
	requests: {measures: ['requests'], ofKept: '[requests]'},
	telling: {measures: sumColumns.telling, ofKept: 'telling'},
	threads: {measures: [...sumColumns.telling, ...sumColumns.usual], ofKept: 'arrayConcat(telling, usual)'},
	all: {
		measures: [...sumColumns.telling, ...sumColumns.usual, ...sumColumns.others],
		ofKept: 'arrayConcat(telling, usual, others)',
	},
};

/** The measures of a level, in the order of the query. */
export const measuresOf = (detail: Detail): readonly Measure[] => details[detail].measures;

/** The measures of a level as one array, as SQL over stored sums. */
export const keptMeasures = (detail: Detail): string => details[detail].ofKept;

/** One measure, as SQL over stored sums. */
export const keptMeasure = (name: Measure): string => {
	const [column, measures] = Object.entries(sumColumns).find(([, names]) =>
		(names as readonly Measure[]).includes(name),
	) as [string, readonly Measure[]];
	return `${column}[${measures.indexOf(name) + 1}]`;
};
