import {inputTokens} from '../request.js';
import {byText} from '../text/by-text.js';
import {type Lost, lossOfParts} from './breaks/breaks.js';
import {type ColdStarts, coldStartsOf} from './breaks/cold-starts.js';
import {grouped} from './grouped.js';
import type {GroupsFound} from './ledger.js';
import type {ModelPrices} from './money/pricing.js';
import {type WhatIf, whatIfOf} from './money/what-if.js';
import {type Basis, type Summary, summaryOf} from './report/summary.js';
import {laneKey, mergeParts, type Part, priceKey, type SourcePart, type ThreadPart} from './sums/parts.js';
import {byThread} from './threads.js';

/** The figures of the requests that share a model, thread, project or other property. */
export type Group = Lost & {
	/** Undefined if not logged. */
	readonly name: string | undefined;
	readonly summary: Summary;
	/** Number of requests with breaks. */
	readonly breaks: number;
	/** Undefined for threads and logs, whose sums do not include them. */
	readonly coldStarts: ColdStarts | undefined;
	/** The cost under other caching policies; undefined without a price. */
	readonly whatIf: WhatIf | undefined;
	/** Models of its requests, as logged. */
	readonly models: readonly string[];
	/** Projects of its requests, as logged. */
	readonly projects: readonly string[];
	/** The price of most of its tokens; undefined without a price. */
	readonly price: ModelPrices | undefined;
	/** Number of requests with usage but without a known price. */
	readonly unpriced: number;
	/** Epoch milliseconds. */
	readonly firstTime: number;
	readonly lastTime: number;
};

/** Properties that requests can be grouped by. */
export const groupings = ['model', 'thread', 'project', 'agent', 'provider', 'host', 'source'] as const;
/** One of `groupings`. */
export type GroupBy = (typeof groupings)[number];

/** Groups the parts of a window by a property of their lanes; most requests first. */
export const groupsOf = (
	parts: readonly Part[],
	by: Exclude<GroupBy, 'thread' | 'source'>,
	basis: Basis | undefined,
): readonly Group[] =>
	inOrder(
		mergeParts(parts, lane => lane[by]),
		basis,
		coldStartsOf,
	);

/** The parts of the groups with the most requests, and the number of all groups. */
export const mostRequested = (parts: readonly Part[], by: 'project' | 'host', most: number): GroupsFound => {
	const groups = [...mergeParts(parts, lane => lane[by])].map(([name, of]) => ({
		name,
		of,
		requests: of.reduce((sum, {measures}) => sum + measures.requests, 0),
		lastTime: Math.max(...of.map(({lastTime}) => lastTime)),
	}));
	const wanted = groups.sort((one, other) => other.requests - one.requests || byLast(one, other)).slice(0, most);
	return {count: groups.length, parts: wanted.flatMap(({of}) => of)};
};

/** The name of a log, and the number of its requests. */
type Requested = readonly [name: string, requests: number];

/**
 * The names of the logs with the most requests; among equals the first by name, so that all stores choose the same.
 * @param requests number of requests by log
 */
export const mostRequestedLogs = (requests: ReadonlyMap<string, number>, most: number): readonly string[] => {
	const inOrder = ([one, count]: Requested, [other, otherCount]: Requested) => otherCount - count || byText(one, other);
	const chosen: Requested[] = [];
	let last: Requested | undefined;
	for (const log of requests) {
		if (last === undefined || inOrder(log, last) < 0) {
			chosen.push(log);
		}
		// Sorting all of a hundred thousand logs would take several times as long.
		if (chosen.length > 2 * most) {
			chosen.sort(inOrder).splice(most);
			last = chosen.at(-1);
		}
	}
	return chosen
		.sort(inOrder)
		.slice(0, most)
		.map(([name]) => name);
};

/** The groups of threads, most requests first. */
export const threadGroups = (parts: readonly ThreadPart[], basis: Basis | undefined): readonly Group[] =>
	inOrder(byThread(parts), basis);

/** The groups of logs, most requests first. */
export const sourceGroups = (parts: readonly SourcePart[], basis: Basis | undefined): readonly Group[] =>
	inOrder(
		grouped(parts, ({source}) => source),
		basis,
	);

/**
 * Compares groups with equally many requests: the one with the latest request is first, then the first by name, and
 * last the one without a name. So all stores list them in the same order, whichever log was read first.
 */
const byLast = (one: Pick<Group, 'name' | 'lastTime'>, other: Pick<Group, 'name' | 'lastTime'>): number =>
	other.lastTime - one.lastTime ||
	Number(one.name === undefined) - Number(other.name === undefined) ||
	byText(one.name ?? '', other.name ?? '');

const inOrder = (
	groups: ReadonlyMap<string | undefined, readonly Part[]>,
	basis: Basis | undefined,
	coldOf?: typeof coldStartsOf,
): readonly Group[] =>
	[...groups]
		.map(([name, parts]) => ({...groupOf(name, parts, basis), coldStarts: coldOf?.(parts)}))
		.sort((one, other) => other.summary.requests - one.summary.requests || byLast(one, other));

const groupOf = (
	name: string | undefined,
	found: readonly Part[],
	basis: Basis | undefined,
): Omit<Group, 'coldStarts'> => {
	const parts = [...found].sort(
		(one, other) => one.firstTime - other.firstTime || (laneKey(one.lane) < laneKey(other.lane) ? -1 : 1),
	);
	return {
		name,
		summary: summaryOf(parts, basis),
		breaks: parts.reduce((sum, {measures}) => sum + measures.breaks, 0),
		...lossOfParts(parts),
		whatIf: basis === 'measured' ? whatIfOf(parts) : undefined,
		models: [...new Set(parts.flatMap(({lane}) => lane.model ?? []))],
		projects: [...new Set(parts.flatMap(({lane}) => lane.project ?? []))],
		price: mainPrice(parts),
		unpriced: parts.reduce((sum, {lane, measures}) => sum + (lane.price ? 0 : measures.measured), 0),
		firstTime: Math.min(...parts.map(({firstTime}) => firstTime)),
		lastTime: Math.max(...parts.map(({lastTime}) => lastTime)),
	};
};

const mainPrice = (parts: readonly Part[]): ModelPrices | undefined => {
	const found = new Map<string, {readonly price: ModelPrices | undefined; tokens: number}>();
	for (const {
		lane: {price},
		measures,
	} of parts) {
		const key = price ? priceKey(price) : '';
		const same = found.get(key) ?? {price, tokens: 0};
		same.tokens += inputTokens(measures) + measures.marked;
		found.set(key, same);
	}
	return [...found.values()].sort((one, other) => other.tokens - one.tokens)[0]?.price;
};
