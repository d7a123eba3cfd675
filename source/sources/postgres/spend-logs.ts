import {queryError} from './query-error.js';

/** A row of the table. */
export type SpendLog = {
	readonly id: string;
	/** Start of the call in epoch milliseconds. */
	readonly start: number;
	/** Duration of the call in milliseconds; 0 if the row has no end. */
	readonly duration: number;
	/** The row as one line of JSON, without a line break. */
	readonly line: string;
};

/** The part of `pg`'s client that is used. */
export type Database = {
	query(text: string, values?: readonly unknown[]): Promise<{readonly rows: readonly Record<string, unknown>[]}>;
};

/** The columns about a call's usage. Prompts and answers (`messages`, `response`, …) are never queried. */
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

/** Number of rows per page. */
const pageLength = 2000;

/** Quotes a name for SQL. */
const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Selects rows. */
type Wanted = {
	/** The table's name, optionally preceded by a schema. */
	readonly table: readonly string[];
	/** Only rows that started at or after this, in epoch milliseconds; undefined for all. */
	readonly from: number | undefined;
	/** Ids of known rows, which the server leaves out. */
	readonly known: readonly string[];
};

/**
 * Rows of a LiteLLM database's table of spend logs, oldest first, page by page. Versions of LiteLLM have different
 * columns, so those of the table are queried first.
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

/** LiteLLM stores UTC in columns without a zone. */
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
	// JSON escapes line breaks, so this is one line.
	line: String(line),
});
