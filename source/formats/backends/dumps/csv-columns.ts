import {utc} from '../../../time/stamp.js';
import {type JsonObject, numberOf} from '../../json/json-values.js';
import {plainName, View} from '../../json/view.js';
import {tokensOf} from '../../records/counts.js';
import {parseLenient} from '../../renderings/lenient-value.js';
import {isLine} from '../../roles/line-names.js';
import {parseTime} from '../../times/log-time.js';
import {settle} from '../../usage/counts.js';
import {ungrouped} from '../../usage/groups.js';
import {isInputName, readUsage} from '../../usage/shapes/table.js';
import type {DumpEntry} from './dump.js';

/** Names of columns in specific exports, and the general names that they are read as. */
const columnNames: Readonly<Record<string, string>> = {
	// Anthropic's console
	usage_input_tokens_no_cache: 'input_tokens',
	usage_input_tokens_cache_read: 'cache_read_input_tokens',
	usage_input_tokens_cache_write_5m: 'cache_creation.ephemeral_5m_input_tokens',
	usage_input_tokens_cache_write_1h: 'cache_creation.ephemeral_1h_input_tokens',
	usage_output_tokens: 'output_tokens',
	model_version: 'model',
	// OpenAI's usage
	input_cached_tokens: 'input_tokens_details.cached_tokens',
	// OpenRouter's activity
	tokens_prompt: 'native_tokens_prompt',
	tokens_completion: 'native_tokens_completion',
	tokens_cached: 'native_tokens_cached',
	model_permaslug: 'model',
	// Cursor's usage
	'Input (w/o Cache Write)': 'input_tokens',
	'Input (w/ Cache Write)': 'input_with_write',
	'Cache Read': 'cache_read_input_tokens',
	'Output Tokens': 'output_tokens',
	'Total Tokens': 'total_tokens',
};
const byPlainName = new Map(Object.entries(columnNames).map(([name, common]) => [plainName(name), common]));

/** Columns with the number of calls that a row sums up. */
const callCounts = ['num_model_requests', 'api_requests', 'request_count', 'num_requests', 'total_requests'];

/** The name of a column without the zone that Azure puts behind it: `TimeGenerated [UTC]`. */
const bare = (column: string): string => column.replace(/ \[UTC\]$/, '');

const commonName = (column: string): string => byPlainName.get(plainName(column)) ?? bare(column);

const isName = (column: string): boolean => /^(?:[A-Za-z_$@][\w .$()/@#:-]{0,80})?$/.test(bare(column));

/** A column with the lines of a log, also as Azure's tables name it. */
const holdsLines = (column: string): boolean => isLine(column) || /^log(?:_s|entry|message)$/i.test(column);

const isTime = (column: string): boolean => /^(?:@?(?:timestamp|time|date|_time)|timegenerated)$/i.test(bare(column));

const holdsUsage = (column: string): boolean => {
	const name = plainName(commonName(column));
	return (
		isInputName(name) ||
		(name.includes('token') && ungrouped(name).some(isInputName)) ||
		/(?:^|\.|llm|model|tokens?|response)usage(?:details|metadata|object)?$/.test(name) ||
		/\.(?:prompt|inputtokens)$/.test(name)
	);
};

/** Whether two columns have the same name of a usage, as in tables that are joined: it is unknown which one counts. */
const repeatsUsage = (columns: readonly string[]): boolean => {
	const names = columns.filter(holdsUsage).map(column => plainName(commonName(column)));
	return new Set(names).size < names.length;
};

/**
 * True if the columns may be those of a table of calls, with input tokens or a usage, or of lines of a log with their
 * times.
 */
export const tellCalls = (columns: readonly string[]): boolean =>
	columns.every(isName) &&
	!repeatsUsage(columns) &&
	((columns.length >= 3 && columns.some(holdsUsage) && columns.some(column => /token|usage|cache/i.test(column))) ||
		(columns.some(holdsLines) && columns.some(isTime)));

/** Parses a cell: also objects as printed by Python, and time zones given as hours only. */
const cellValue = (cell: string): unknown => {
	if (/^\{\s*'/.test(cell)) {
		return parseLenient(cell, 0)?.value ?? cell;
	}
	return cell.replace(/^(\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:\.\d{1,9})?[+-]\d\d)$/, '$1:00');
};

/** A row as an object by column name, without empty cells. */
const membersOf = (columns: readonly string[], cells: readonly string[]): JsonObject =>
	Object.fromEntries(
		cells.flatMap((cell, index) => {
			const column = columns[index] ?? '__proto__';
			return cell === '' || column === '__proto__' ? [] : [[commonName(column), cellValue(cell)]];
		}),
	);

/**
 * Derives the written tokens from Cursor's total, because its two input columns overlap in some versions of the export.
 */
const withCursorsWrite = ({input_with_write: withWrite, ...row}: JsonObject): JsonObject => {
	if (withWrite === undefined) {
		return row;
	}
	const [input = 0, read = 0, output = 0] = [row.input_tokens, row.cache_read_input_tokens, row.output_tokens].map(
		value => numberOf(value) ?? 0,
	);
	const total = numberOf(row.total_tokens);
	const written = total === undefined ? (numberOf(withWrite) ?? 0) : Math.max(0, total - input - read - output);
	const failed = /errored|aborted/i.test(String(row.Kind));
	const {total_tokens: _, ...others} = row;
	return {...others, cache_creation_input_tokens: written, ...(failed && {status: 'error'})};
};

/** True for a row that sums up calls: it has their number, or a day without a time. */
const isSum = (row: JsonObject): boolean => {
	const view = new View(row);
	if (callCounts.some(name => view.has(name))) {
		return true;
	}
	const values = Object.values(row).filter(value => typeof value === 'string');
	return values.some(value => /^\d{4}-\d\d-\d\d$/.test(value)) && !values.some(value => /\d\d:\d\d:\d\d/.test(value));
};

/** Matches the first cell of a row about the rows above it. */
const summary = /^(?:(?:grand |sub)?total|sum|mean|median|average|avg|count|std|min|max|\d\d%)s?:?$/i;

/** Whether the inputs of a row may be numbers of tokens: those of a list of prices, or of averages, are not whole. */
const areTokens = (row: JsonObject): boolean =>
	Object.entries(row).every(([name, value]) => {
		const count = isInputName(plainName(name)) ? numberOf(value) : undefined;
		return count === undefined || (Number.isInteger(count) && count >= 0);
	});

/** The entry that a row of a table reports. */
export const callOfRow = (columns: readonly string[], cells: readonly string[]): readonly DumpEntry[] => {
	const row = withCursorsWrite(membersOf(columns, cells));
	if (summary.test(cells.find(cell => cell !== '') ?? '') || !areTokens(row)) {
		return [];
	}
	if (!isSum(row)) {
		return [{record: row}];
	}
	const read = readUsage(new View(row));
	if (!read) {
		return [];
	}
	const model = typeof row.model === 'string' ? row.model : undefined;
	const time = parseTime(row.start_time ?? row.date, utc) ?? 0;
	const usage = settle(read.counts, {model, time, promptTokens: undefined});
	const requests = callCounts.map(name => numberOf(new View(row).at(name))).find(count => count !== undefined);
	return [{sum: {id: model ?? '', thread: undefined, requests, tokens: tokensOf(usage)}}];
};
