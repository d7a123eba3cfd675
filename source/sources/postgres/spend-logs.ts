import {queryError} from './query-error.js';

/** One row of the table. */
export type SpendLog = {
	readonly id: string;
	/** When the call began, epoch milliseconds. */
	readonly start: number;
	/** Milliseconds that the call took; 0 where the row has no end. */
	readonly duration: number;
	/** The row as one line of JSON, without its line break. */
	readonly line: string;
};

/** What can be asked of a database: the part of `pg`'s client that is used. */
export type Database = {
	query(text: string, values?: readonly unknown[]): Promise<{readonly rows: readonly Record<string, unknown>[]}>;
};

/** Everything that tells a call's usage. Prompts and answers (`messages`, `response`, …) are never asked for. */
const columns = [
	'request_id',
	'call_type',
	'status',
	'model',
	'model_id',
	'model_group',
	'custom_llm_provider',
	'api_base',
	'startTime',
	'endTime',
	'prompt_tokens',
	'completion_tokens',
	'total_tokens',
	'spend',
	'session_id',
	'cache_hit',
	'metadata',
] as const;

/** Rows of one page. */
const pageLength = 2000;

/** A name as SQL quotes it. */
const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Which rows are wanted. */
type Wanted = {
	/** The table's name, with a schema before it or without. */
	readonly table: readonly string[];
	/** Those that began at or after this, epoch milliseconds; undefined for all. */
	readonly from: number | undefined;
	/** Ids of rows that are known already: the server leaves them out. */
	readonly known: readonly string[];
};

/**
 * Rows of a LiteLLM database's table of spend logs, oldest first, a page at a time. Versions of LiteLLM differ in their
 * columns, so the table is asked which it has.
 * @throws QueryError
 */
export async function* spendLogs(
	database: Database,
	{table, from, known}: Wanted,
): AsyncGenerator<readonly SpendLog[], void, undefined> {
	try {
		const name = table.map(quoted).join('.');
		const {rows: types} = await database.query(
			'SELECT attname AS name, format_type(atttypid, NULL) AS type FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped',
			[name],
		);
		const text = selectOf(name, new Map(types.map(({name: column, type}) => [String(column), String(type)])));
		let after: readonly [start: string, id: string] = [from === undefined ? '-infinity' : toTimestamp(from), ''];
		for (;;) {
			const {rows} = await database.query(text, [...after, known]);
			if (rows.length > 0) {
				yield rows.map(toSpendLog);
			}
			const last = rows.at(-1);
			if (!last || rows.length < pageLength) {
				return;
			}
			after = [String(last.begun), String(last.id)];
		}
	} catch (error) {
		throw queryError(error);
	}
}

/** LiteLLM keeps UTC in columns without a zone. */
const selectOf = (table: string, types: ReadonlyMap<string, string>): string => {
	const asked = columns
		.filter(column => types.has(column))
		.map(column =>
			isLocal(types.get(column)) ? `${quoted(column)} AT TIME ZONE 'UTC' AS ${quoted(column)}` : quoted(column),
		);
	const after = isLocal(types.get('startTime')) ? `($1::timestamptz AT TIME ZONE 'UTC')` : '$1::timestamptz';
	return `
		SELECT row_to_json(log)::text AS line, log.request_id AS id, log."startTime"::text AS begun,
			extract(epoch FROM log."startTime") * 1000 AS start,
			coalesce(extract(epoch FROM log."endTime" - log."startTime") * 1000, 0) AS duration
		FROM (
			SELECT ${asked.join(', ')} FROM ${table}
			WHERE "startTime" >= ${after} AND ("startTime" > ${after} OR request_id > $2)
				AND NOT EXISTS (SELECT FROM unnest($3::text[]) AS known(id) WHERE known.id = request_id)
			ORDER BY "startTime", request_id LIMIT ${pageLength}
		) log ORDER BY log."startTime", log.request_id`;
};

const isLocal = (type: string | undefined): boolean => type === 'timestamp without time zone';

const toTimestamp = (epoch: number): string => new Date(epoch).toISOString();

const toSpendLog = ({line, id, start, duration}: Record<string, unknown>): SpendLog => ({
	id: String(id),
	start: Number(start),
	duration: Math.max(0, Number(duration) || 0),
	// A line break cannot stand in it: JSON escapes them.
	line: String(line),
});
