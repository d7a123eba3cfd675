import {allMeasures, type Measure, threadMeasures} from '../../../metrics/sums/measures.js';
import {widths} from '../write/levels.js';

/** What a request belongs to, by number. */
export type Dimension = 'lane' | 'thread' | 'log';

/** Sums of requests that are kept by bucket of time, for windows that hold too many to look at one by one. */
export type Rollup = {
	readonly table: string;
	/** Columns that tell sums of one bucket apart. */
	readonly keys: readonly Dimension[];
	readonly measures: readonly Measure[];
	/** Milliseconds, narrowest first. */
	readonly widths: readonly number[];
};

/** Sums of each lane, of all measures. */
export const laneRollup: Rollup = {table: 'lane_sum', keys: ['lane'], measures: allMeasures, widths};

/** Thread 0 is all requests without a thread. */
export const threadRollup: Rollup = {
	table: 'thread_sum',
	keys: ['thread', 'lane', 'log'],
	measures: threadMeasures,
	widths: widths.slice(1),
};

/** Sums of each lane within each log. */
export const logRollup: Rollup = {
	table: 'log_sum',
	keys: ['log', 'lane'],
	measures: threadMeasures,
	widths: widths.slice(1),
};

/** Every table of sums. */
export const rollups: readonly Rollup[] = [laneRollup, threadRollup, logRollup];

/** The column of a measure, quoted for SQL. */
export const column = (measure: Measure): string => `"${measure}"`;

const definition = ({table, keys, measures}: Rollup): string =>
	`DROP TABLE IF EXISTS ${table};
	CREATE TABLE ${table} (
		width INTEGER NOT NULL,
		bucket INTEGER NOT NULL DEFAULT 0,
		${keys.map(key => `${key} INTEGER NOT NULL DEFAULT 0,`).join(' ')}
		first INTEGER NOT NULL DEFAULT 0,
		last INTEGER NOT NULL DEFAULT 0,
		${measures.map(measure => `${column(measure)} INTEGER NOT NULL DEFAULT 0,`).join('\n')}
		PRIMARY KEY (width, bucket, ${keys.join(', ')})
	) WITHOUT ROWID;`;

/** Makes the tables, empty. They follow from the requests, so that a change to what is measured makes them anew. */
export const emptyRollups = rollups.map(definition).join('\n');

/**
 * Tells one way of counting from another: a store that was counted otherwise is counted anew.
 * Raise the number when facts or measures change their meaning and keep their names.
 */
export const countedAs = JSON.stringify([4, rollups.map(({keys, measures, widths}) => [keys, measures, widths])]);
