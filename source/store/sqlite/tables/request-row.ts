import type {Plan, Request, Usage} from '../../../request.js';
import {accuracyOf, flagsOf, isCacheUnknown, isPlanOnly, isRebuilt, isReplica} from '../../request-flags.js';
import type {Values} from '../file/insertion.js';
import type {Row, Value} from '../file/value.js';
import {keptText, textFrom} from './kept-text.js';

/**
 * Columns for what the log says about a request. Numbers and names have a column each, which is NULL if the log does
 * not contain them; what few logs contain is JSON. `took` is the time from start to end in milliseconds.
 */
export const requestColumns = [
	'id',
	'flags',
	'uncached',
	'cache_read',
	'cache_write_5m',
	'cache_write_1h',
	'output',
	'line',
	'plan',
	'took',
	'client',
	'branch',
	'first_line',
	'events',
	'other',
] as const;

/** SQL that defines the columns. Without usage, its five numbers are NULL. */
export const requestDefinition = `
	id TEXT NOT NULL,
	flags INTEGER NOT NULL,
	uncached INTEGER,
	cache_read INTEGER,
	cache_write_5m INTEGER,
	cache_write_1h INTEGER,
	output INTEGER,
	line INTEGER,
	plan TEXT,
	took INTEGER,
	client TEXT,
	branch TEXT,
	first_line INTEGER,
	events TEXT,
	other TEXT`;

/** SQL condition for rows of requests with events before them. */
export const isTold = 'events IS NOT NULL';

/** What few logs contain, stored unchanged. */
type Other = Partial<
	Pick<Request, 'agentId' | 'missReason' | 'missTokens' | 'settings' | 'priceFactors' | 'iterations'>
>;

/**
 * A plan as a flat list, which is short and quick to parse: marks, number of blocks, three values per block, two per
 * skipped part.
 */
type PlanRow = readonly (number | string | null)[];
const unsupportedMark = 1;
const hiddenMark = 2;

/** Properties of a request that are not in its own columns. */
type Around = Pick<Request, 'time' | 'thread' | 'project' | 'source' | 'host' | 'model' | 'agent' | 'provider'>;

/** Appends the values of `requestColumns`. */
export const pushRequest = (request: Request, to: Values): void => {
	const {id, time, usage, start, firstLine, line, branch, client, plan, events} = request;
	to.push(keptText(id));
	to.push(flagsOf(request));
	to.push(usage ? usage.uncached : null);
	to.push(usage ? usage.cacheRead : null);
	to.push(usage ? usage.cacheWrite5m : null);
	to.push(usage ? usage.cacheWrite1h : null);
	to.push(usage ? usage.output : null);
	to.push(line ?? null);
	to.push(plan ? JSON.stringify(planRow(plan)) : null);
	to.push(start === undefined ? null : time - start);
	to.push(client === undefined ? null : keptText(client));
	to.push(branch === undefined ? null : keptText(branch));
	to.push(firstLine ?? null);
	to.push(events ? JSON.stringify(events) : null);
	to.push(otherOf(request));
};

const otherOf = (request: Request): string | null => {
	const {agentId, missReason, missTokens, settings, priceFactors, iterations} = request;
	return (agentId ?? missReason ?? missTokens ?? settings ?? priceFactors ?? iterations) === undefined
		? null
		: JSON.stringify({agentId, missReason, missTokens, settings, priceFactors, iterations} satisfies Other);
};

const planRow = ({unsupported, blocks, skipped, hidden}: Plan): PlanRow => {
	const row: (number | string | null)[] = [
		(unsupported ? unsupportedMark : 0) + (hidden ? hiddenMark : 0),
		blocks.length,
	];
	for (const {number, tokens, reused} of blocks) {
		row.push(number, tokens ?? null, reused ? 1 : 0);
	}
	for (const {part, tokens} of skipped) {
		row.push(part, tokens ?? null);
	}
	return row;
};

/** True if two requests have the same values in `requestColumns`. */
export const isKeptAlike = (one: Request, other: Request): boolean => {
	const [values, others]: [Value[], Value[]] = [[], []];
	pushRequest(one, values);
	pushRequest(other, others);
	return values.every((value, index) => value === others[index]);
};

/**
 * The request in a row. A report reads thousands, so it is built property by property, without intermediate copies.
 * @param at index of the first of its columns
 */
export const requestFrom = (row: Row, at: number, around: Around): Request => {
	const flags = row[at + 1] as number;
	const plan = row[at + 8];
	const took = row[at + 9] as number | null;
	const client = row[at + 10];
	const branch = row[at + 11];
	const events = row[at + 13];
	const other = row[at + 14];
	const request: {-readonly [Field in keyof Request]: Request[Field]} = {
		id: textFrom(row[at] as string),
		time: around.time,
		start: took === null ? undefined : around.time - took,
		thread: around.thread,
		agent: around.agent,
		project: around.project,
		branch: typeof branch === 'string' ? textFrom(branch) : undefined,
		source: around.source,
		line: (row[at + 7] as number | null) ?? undefined,
		host: around.host,
		model: around.model,
		provider: around.provider,
		client: typeof client === 'string' ? textFrom(client) : undefined,
		plan: typeof plan === 'string' ? planFrom(JSON.parse(plan) as PlanRow) : undefined,
		usage: usageFrom(row, at, flags),
		missReason: undefined,
		events: typeof events === 'string' ? (JSON.parse(events) as Request['events']) : undefined,
		firstLine: (row[at + 12] as number | null) ?? undefined,
		rebuilt: isRebuilt(flags),
	};
	if (typeof other === 'string') {
		Object.assign(request, JSON.parse(other) as Other);
	}
	const replica = isReplica(flags);
	if (replica !== undefined) {
		request.replica = replica;
	}
	if (isPlanOnly(flags)) {
		request.planOnly = true;
	}
	return request;
};

const usageFrom = (row: Row, at: number, flags: number): Usage | undefined => {
	const uncached = row[at + 2] as number | null;
	if (uncached === null) {
		return undefined;
	}
	const usage = {
		uncached,
		cacheRead: row[at + 3] as number,
		cacheWrite5m: row[at + 4] as number,
		cacheWrite1h: row[at + 5] as number,
		output: row[at + 6] as number,
		accuracy: accuracyOf(flags) ?? 'partial',
	};
	return isCacheUnknown(flags) ? {...usage, cacheUnknown: true} : usage;
};

const planFrom = (row: PlanRow): Plan => {
	const [marks, count] = row as readonly number[] as readonly [number, number];
	const blocks: Plan['blocks'][number][] = [];
	const skipped: Plan['skipped'][number][] = [];
	let at = 2;
	for (const end = at + 3 * count; at < end; at += 3) {
		const tokens = row[at + 1] as number | null;
		blocks.push({number: row[at] as number, tokens: tokens ?? undefined, reused: row[at + 2] === 1});
	}
	for (; at < row.length; at += 2) {
		const tokens = row[at + 1] as number | null;
		skipped.push({part: row[at] as Plan['skipped'][number]['part'], tokens: tokens ?? undefined});
	}
	const plan = {blocks, skipped, unsupported: (marks & unsupportedMark) > 0};
	return (marks & hiddenMark) > 0 ? {...plan, hidden: true} : plan;
};
