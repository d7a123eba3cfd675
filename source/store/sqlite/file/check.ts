import type {ColdKind, Facts} from '../../../metrics/breaks/facts.js';
import {asKind, canBeTogether, type Start, sentTogether, startOf} from '../../../metrics/breaks/fan-out.js';
import type {Request} from '../../../request.js';
import {column, type Rollup, rollups} from '../tables/rollup-tables.js';
import type {Tables} from '../tables/tables.js';
import {isCounted} from '../write/counting.js';
import {Deltas} from '../write/deltas.js';
import {bucketOf, day} from '../write/levels.js';
import {sameFacts} from '../write/recount.js';
import {ThreadProgress} from '../write/thread-progress.js';
import type {Connection} from './connection.js';
import {within} from './existing.js';
import type {Row} from './value.js';

/**
 * Checks the integrity of a file, and of everything derived from its requests. Reads all requests; others may write
 * meanwhile.
 * @returns what is wrong, one line each; empty if all is well
 */
export const checkStore = (path: string): readonly string[] =>
	within(path, tables => {
		const {database} = tables;
		const damages = database.rows('PRAGMA integrity_check(20)').map(([line]) => String(line));
		if (damages.join() !== 'ok') {
			return damages;
		}
		if (!isCounted(tables)) {
			return ['sums were counted by another version of hitrate: they are counted anew when the store is opened next'];
		}
		return database.reading(() => [...wrongLanes(tables), ...wrongFacts(tables), ...wrongSums(tables)]);
	});

const wrongLanes = ({database}: Tables): readonly string[] =>
	database
		.rows(
			`SELECT id, requests, coalesce(found, 0) FROM lane
			LEFT JOIN (SELECT lane, count(*) AS found FROM request GROUP BY lane) ON lane = id
			WHERE requests <> coalesce(found, 0)`,
		)
		.map(([id, kept, found]) => `lane ${id} says that it has ${kept} requests, and has ${found}`);

const wrongFacts = ({database, requests}: Tables): readonly string[] => {
	const wrong: string[] = [];
	const starts: Begun[] = [];
	const tell = (row: number, thread: number) =>
		wrong.push(`request ${row} (thread ${thread}) has facts that do not follow from its thread`);
	for (let thread = nextThread(database, 0); thread !== undefined; thread = nextThread(database, thread)) {
		for (const {row, kept, right, request, isRevised} of countedAnew(thread, requests)) {
			const start = startOf(request, right);
			const canChange = !isRevised && canBeTogether(right.cold?.kind);
			if (start) {
				starts.push({start, row, thread, kept: kept.cold?.kind, right: right.cold?.kind, canChange});
			}
			if (!sameFacts(start && canChange && kept.cold ? asKind(right, kept.cold.kind) : right, kept)) {
				tell(row, thread);
			}
		}
	}
	const together = new Set(sentTogether(starts));
	for (const one of starts) {
		if (one.canChange && one.kept !== (together.has(one) ? 'together' : one.right)) {
			tell(one.row, one.thread);
		}
	}
	return wrong;
};

/** The first request of a chain, the stored kind of its start, and the kind computed from its thread. */
type Begun = {
	readonly start: Start;
	readonly row: number;
	readonly thread: number;
	readonly kept: ColdKind | undefined;
	readonly right: ColdKind | undefined;
	/** True if requests of other threads can change the kind. */
	readonly canChange: boolean;
};

type CountedAnew = {
	readonly row: number;
	readonly request: Request;
	readonly kept: Facts;
	right: Facts;
	isRevised: boolean;
};

const countedAnew = (thread: number, requests: Tables['requests']): Iterable<CountedAnew> => {
	const counted = new Map<number, CountedAnew>();
	const progress = new ThreadProgress(thread);
	for (const {request, facts, row, lane, log} of requests.ofThread(thread)) {
		const {facts: right, revised} = progress.follow(request, {row, lane, log, time: request.time});
		counted.set(row, {row, request, kept: facts, right, isRevised: false});
		for (const {key, after} of revised) {
			const earlier = counted.get(key.row);
			if (earlier) {
				earlier.right = after;
				earlier.isRevised = true;
			}
		}
	}
	return counted.values();
};

const nextThread = (database: Connection, after: number): number | undefined =>
	(database.row('SELECT min(thread) FROM request WHERE thread > ?', [after])?.[0] ?? undefined) as number | undefined;

/** Day by day, to limit memory. */
const wrongSums = (tables: Tables): readonly string[] => {
	const {database} = tables;
	const wrong: string[] = [];
	for (let from = nextDay(database, undefined); from !== undefined; from = nextDay(database, from)) {
		const counted = rollups.map(rollup => ({rollup, deltas: new Deltas(rollup)}));
		for (const kept of tables.requests.between({from, to: from + day})) {
			for (const {deltas} of counted) {
				deltas.add(kept);
			}
		}
		for (const {rollup, deltas} of counted) {
			wrong.push(...differences(database, rollup, deltas, from));
		}
	}
	return wrong;
};

/** The next day with requests or sums. */
const nextDay = (database: Connection, after: number | undefined): number | undefined => {
	const behind = after === undefined ? Number.MIN_SAFE_INTEGER : after + day;
	const times = [
		database.row('SELECT min(time) FROM request WHERE time >= ?', [behind]),
		...rollups.flatMap(({table, widths}) =>
			widths.map(width =>
				database.row(`SELECT min(bucket) FROM ${table} WHERE width = ? AND bucket >= ?`, [width, behind]),
			),
		),
	].flatMap(row => (typeof row?.[0] === 'number' ? [row[0]] : []));
	return times.length === 0 ? undefined : bucketOf(Math.min(...times), day);
};

const differences = (database: Connection, rollup: Rollup, deltas: Deltas, from: number): readonly string[] =>
	deltas.take().flatMap(({width, deltas: counted}) => {
		const rightOnes = counted.map(({bucket, keys, first, last, measures}) => [
			[bucket, ...keys],
			[first, last, ...measures],
		]);
		const right = new Map(rightOnes.map(([key, sums]) => [String(key), String(sums)]));
		const kept = new Map(sumsOf(database, rollup, width, from).map(([key, sums]) => [String(key), String(sums)]));
		return [...new Set([...right.keys(), ...kept.keys()])]
			.filter(key => right.get(key) !== kept.get(key))
			.map(
				key =>
					`${rollup.table}, ${width / 60_000} minutes, ${key}: ${kept.get(key) ?? 'nothing'} instead of ${right.get(key) ?? 'nothing'}`,
			);
	});

const sumsOf = (database: Connection, {table, keys, measures}: Rollup, width: number, from: number): readonly Row[][] =>
	database
		.rows(
			`SELECT bucket, ${keys.join(', ')}, first, last, ${measures.map(column).join(', ')} FROM ${table}
			WHERE width = ? AND bucket >= ? AND bucket < ?`,
			[width, from, from + day],
		)
		.map(row => [row.slice(0, keys.length + 1), row.slice(keys.length + 1)]);
