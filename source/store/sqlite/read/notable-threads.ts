import type {Counted} from '../../../metrics/breaks/facts.js';
import type {Gain, Lifetimes} from '../../../metrics/breaks/lifetimes.js';
import type {PriceList} from '../../../metrics/money/pricing.js';
import {addRequest} from '../../../metrics/sums/add-request.js';
import {type MeasureSums, noThreadSums, placesOf} from '../../../metrics/sums/measure-sums.js';
import {type Lane, laneKey, laneOf} from '../../../metrics/sums/parts.js';
import {tellingMeasures} from '../../../metrics/threads.js';
import type {Value} from '../file/value.js';
import {threadRollup} from '../tables/rollup-tables.js';
import type {Tables} from '../tables/tables.js';
import {type Query, takenOf} from './query.js';
import type {Reader} from './reader.js';
import {takenSql} from './taken-sql.js';

/** The threads of a window, and the most notable ones. */
type NotableThreads = {
	readonly count: number;
	/** Computed from all threads. */
	readonly lifetimes: Lifetimes;
	/** Numbers of the threads that were asked for. */
	readonly threads: readonly number[];
	/** Their provisional requests. */
	readonly provisional: readonly Counted[];
};

/**
 * Price differences of a lane per token: writing for an hour instead of reading, and instead of writing for five
 * minutes.
 */
const prices = ['written', 'premium'] as const;

const elements = (names: readonly string[]): string =>
	names.map((name, index) => `value ->> ${index} AS ${name}`).join(', ');

/** The value of a row of sums. Without a price it is NULL, which counts as nothing. */
const worth = `
	requests,
	lostOneHour + lostFiveMinutes + lostInput AS lost,
	pauses,
	readOneHour - cacheRead AS bridged,
	(readOneHour - cacheRead) * written - cacheWrite5m * premium AS longer,
	cacheWrite1h * premium AS shorter`;

// SQLite fails if a sum exceeds 64 bits, so the upper and lower halves are summed separately.
const upper = (name: string): string => `sum(${name} >> 32)`;
const lower = (name: string): string => `sum(${name} & 0xffffffff)`;
const total = (name: string): string => `${upper(name)} * 0x100000000 + ${lower(name)}`;
const gain = (name: string): string =>
	`count(*) FILTER (WHERE ${name} > 0), ${[upper, lower]
		.map(half => `CAST(${half(name)} FILTER (WHERE ${name} > 0) AS TEXT)`)
		.join(', ')}`;

/** SQL with the results of `lifetimesOf` and `mostNotable` for all threads, in a single pass. */
const statement = (taken: string): string => `
	WITH price AS MATERIALIZED (SELECT ${elements(['id', ...prices])} FROM json_each(?1)),
	piece AS (SELECT ${elements(['piece_width', 'piece_from', 'piece_to'])} FROM json_each(?2)),
	loose AS (SELECT ${elements(['thread', 'lane', ...tellingMeasures])} FROM json_each(?3)),
	sums AS (
		SELECT thread, ${worth} FROM piece
		CROSS JOIN ${threadRollup.table} ON width = piece_width AND bucket >= piece_from AND bucket < piece_to
		LEFT JOIN price ON id = lane
		WHERE ${taken}
		UNION ALL
		SELECT thread, ${worth} FROM loose LEFT JOIN price ON id = lane
	),
	found AS MATERIALIZED (
		SELECT thread, sum(requests) AS requests, sum(lost) AS lost,
			CASE WHEN thread <> 0 AND sum(bridged) > 0 THEN ${total('longer')} END AS longer,
			CASE WHEN thread <> 0 AND sum(pauses) = 0 THEN ${total('shorter')} END AS shorter
		FROM sums GROUP BY thread
	)
	SELECT count(*), ${gain('longer')}, ${gain('shorter')} FROM found
	UNION ALL
	SELECT * FROM (
		SELECT thread, 0, 0, 0, 0, 0, 0 FROM found WHERE lost > 0 ORDER BY lost DESC, requests DESC LIMIT ?4
	)
	UNION ALL
	SELECT * FROM (SELECT thread, 0, 0, 0, 0, 0, 0 FROM found ORDER BY requests DESC, lost DESC LIMIT ?5)`;

const tellingPlaces = placesOf(tellingMeasures);

/** Requests outside of buckets, by thread and lane. */
type Loose = Map<string, {readonly thread: number; readonly lane: number; readonly measures: MeasureSums}>;

/**
 * The number of threads in a window, what other cache lifetimes would save them, and the most notable threads.
 * @param most number of threads wanted
 */
export const notableThreads = (
	tables: Tables,
	reader: Reader,
	query: Query,
	priceList: PriceList,
	most: number,
): NotableThreads => {
	const {lanes, database} = tables;
	const {selection, window, provisional} = query;
	const loose: Loose = new Map();
	const pieces: Value[][] = [];
	for (const {width, from, to} of reader.pieces(window, threadRollup.widths)) {
		if (width === undefined) {
			const rows = tables.requests.between({from, to, ...reader.rowsOf(selection)});
			for (const kept of takenOf(rows, selection)) {
				addLoose(loose, kept.thread, kept.lane, kept);
			}
		} else {
			pieces.push([width, from, to]);
		}
	}
	// Names that are not stored get negative numbers.
	const threadIds = new Map<string | undefined, number>([[undefined, 0]]);
	const others = new Map<string, {readonly id: number; readonly lane: Lane}>();
	for (const counted of provisional) {
		const {thread} = counted.request;
		const id = threadIds.get(thread) ?? tables.threads.find(thread as string) ?? -threadIds.size;
		threadIds.set(thread, id);
		const lane = laneOf(counted.request, priceList);
		const key = laneKey(lane);
		const other = others.get(key) ?? {id: -1 - others.size, lane};
		others.set(key, other);
		addLoose(loose, id, other.id, counted);
	}
	const taken = takenSql(tables, selection, 6);
	const [[count, longer, longerUpper, longerLower, shorter, shorterUpper, shorterLower] = [], ...wanted] =
		database.rows(statement(taken.sql), [
			pricesOf([...lanes.all().values(), ...others.values()]),
			JSON.stringify(pieces),
			JSON.stringify(
				[...loose.values()].map(sum => [sum.thread, sum.lane, ...tellingPlaces.map(place => sum.measures[place])]),
			),
			Math.floor(most / 2),
			most,
			...taken.values,
		]);
	const threads = new Set<number>();
	for (const [thread] of wanted) {
		if (threads.size < most) {
			threads.add(thread as number);
		}
	}
	return {
		count: count as number,
		lifetimes: {
			longer: gainOf(longer, longerUpper, longerLower),
			shorter: gainOf(shorter, shorterUpper, shorterLower),
		},
		threads: [...threads],
		provisional: provisional.filter(({request}) => threads.has(threadIds.get(request.thread) as number)),
	};
};

const addLoose = (loose: Loose, thread: number, lane: number, {request, facts}: Counted): void => {
	const key = `${thread} ${lane}`;
	const sum = loose.get(key) ?? {thread, lane, measures: noThreadSums()};
	loose.set(key, sum);
	addRequest(sum.measures, request, facts);
};

const gainOf = (threads: Value | undefined, up: Value | undefined, low: Value | undefined): Gain => ({
	threads: threads as number,
	worth: (BigInt(up ?? 0) << 32n) + BigInt(low ?? 0),
});

/** Decimal digits of any length; both JSON and SQLite accept them. */
const pricesOf = (lanes: readonly {readonly id: number; readonly lane: Lane}[]): string =>
	`[${lanes
		.flatMap(({id, lane: {price}}) =>
			price ? `[${id},${price.cacheWrite1h - price.cacheRead},${price.cacheWrite1h - price.cacheWrite5m}]` : [],
		)
		.join(',')}]`;
