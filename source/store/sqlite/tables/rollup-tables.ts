import {allMeasures, type Measure, threadMeasures} from '../../../metrics/sums/measures.js';
import {widths} from '../write/levels.js';

/** What a request belongs to, by number. */
export type Dimension = 'lane' | 'thread' | 'log';

/** Sums of requests by time bucket, for windows with too many requests to read each. */
export type Rollup = {
	readonly table: string;
	/** Columns that distinguish the sums of a bucket. */
	readonly keys: readonly Dimension[];
	readonly measures: readonly Measure[];
	/** Widths of the buckets in milliseconds, narrowest first. */
	readonly widths: readonly number[];
};

/** Sums of all measures by lane. */
export const laneRollup: Rollup = {table: 'lane_sum', keys: ['lane'], measures: allMeasures, widths};

/** Sums by thread; thread 0 stands for all requests without one. */
export const threadRollup: Rollup = {
	table: 'thread_sum',
	keys: ['thread', 'lane', 'log'],
	measures: threadMeasures,
	widths: widths.slice(1),
};

/** Sums by log and lane. */
export const logRollup: Rollup = {
	table: 'log_sum',
	keys: ['log', 'lane'],
	measures: threadMeasures,
	widths: widths.slice(1),
};

/** All tables of sums. */
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

/**
 * SQL that creates the tables, empty. They are derived from the requests, so they are rebuilt when the measures change.
 */
export const emptyRollups = rollups.map(definition).join('\n');

/**
 * Identifies the way of counting: a store that was counted in another way is recounted. Raise the number if facts or
 * measures change their meaning but keep their names.
 */
export const countedAs = JSON.stringify([5, rollups.map(({keys, measures, widths}) => [keys, measures, widths])]);
