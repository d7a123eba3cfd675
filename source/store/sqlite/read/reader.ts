import type {Counted} from '../../../metrics/breaks/facts.js';
import {mostRequestedLogs} from '../../../metrics/groups.js';
import type {PriceList} from '../../../metrics/money/pricing.js';
import type {Measure} from '../../../metrics/sums/measures.js';
import {type Lane, laneKey, laneOf, type Part} from '../../../metrics/sums/parts.js';
import {type Span, stretchesOf, type Window} from '../../../metrics/windows/window.js';
import {untimed} from '../../../request.js';
import type {Kept} from '../tables/kept-rows.js';
import {laneRollup, logRollup, threadRollup} from '../tables/rollup-tables.js';
import type {Rows} from '../tables/rows.js';
import type {Tables} from '../tables/tables.js';
import {cut, day, type Piece, rounded} from '../write/levels.js';
import {type Query, takenOf} from './query.js';
import type {Partly, Selection} from './selection.js';
import {laneSums, logSums, threadSums} from './sum-rows.js';
import {summedLanes} from './summed-lanes.js';
import {type Adder, RequestCounts, Sums} from './sums.js';

type KeyOf<Key> = (request: Counted['request']) => Key;

/** Reads sums and periods of stored requests; all calls must be within a transaction. */
export class Reader {
	readonly #tables: Tables;
	readonly #prices: PriceList;

	constructor(tables: Tables, prices: PriceList) {
		this.#tables = tables;
		this.#prices = prices;
	}

	/** The period of stored requests. */
	span(): Span {
		const [first, last] =
			this.#tables.database.row(
				'SELECT (SELECT min(time) FROM request WHERE time > ?1), (SELECT max(time) FROM request WHERE time > ?1)',
				[untimed],
			) ?? [];
		return typeof first === 'number' && typeof last === 'number' ? {first, last} : undefined;
	}

	/** The number of stored requests without a time. */
	untimed(): number {
		return this.#tables.database.row('SELECT count(*) FROM request WHERE time = ?', [untimed])?.[0] as number;
	}

	/**
	 * Sums by a key of the time and by lane. Those of slices distinguish only prices: each slice of hundreds of lanes
	 * would be as many sums.
	 * @param measures those that are wanted, all by default; others may be incomplete
	 */
	byTime<Key>(
		query: Query,
		sliceWidth: number | undefined,
		keyOf: (time: number) => Key,
		measures?: readonly Measure[],
	): readonly (Part & {readonly key: Key})[] {
		const sums = new Sums<Key>(measures);
		const usable = laneRollup.widths.filter(width => sliceWidth === undefined || sliceWidth % width === 0);
		const {whole, partly} = query.selection;
		const summed = summedLanes(this.#tables.lanes.all(), whole, sliceWidth !== undefined);
		for (const piece of this.pieces(query.window, usable)) {
			if (piece.width === undefined) {
				this.#addRequests(sums, this.#tables.requests.between({...piece, lanes: whole}), ({time}) => keyOf(time));
			} else {
				for (const row of laneSums(this.#tables.database, piece, sliceWidth, sums.measures, summed)) {
					const [slice, lane, first, last] = row as readonly number[];
					const key = keyOf(slice as number);
					sums.addRow(key, this.#lane(lane), [first as number, last as number], row, 4);
				}
			}
		}
		for (const some of partly) {
			for (const stretch of stretchesOf(query.window)) {
				const rows = this.#tables.requests.between({...stretch, ...this.#rowsOfSome(some)});
				this.#addRequests(sums, rows, ({time}) => keyOf(time));
			}
		}
		this.#addProvisional(sums, query, ({time}) => keyOf(time));
		return sums.parts();
	}

	/**
	 * Sums of threads' measures by thread and lane.
	 * @param wanted numbers of the threads; all by default
	 */
	byThread(query: Query, wanted?: readonly number[]): readonly (Part & {readonly key: string | undefined})[] {
		const sums = new Sums<string | undefined>(threadRollup.measures);
		const {logs} = this.#tables;
		const {selection, window} = query;
		const rows = this.rowsOf(selection);
		const within = wanted ? {...rows, threads: wanted} : rows;
		for (const piece of this.pieces(window, threadRollup.widths)) {
			if (piece.width === undefined) {
				const kept = this.#tables.requests.between({...piece, ...within});
				this.#addRequests(sums, takenOf(kept, selection), ({thread}) => thread);
			} else {
				for (const row of threadSums(this.#tables.database, piece, within)) {
					const [name, lane, log, first, last] = row;
					const thread = typeof name === 'string' ? (JSON.parse(name) as string) : undefined;
					const ofLane = this.#lane(lane as number);
					if (selection.whole === undefined || selection.taken(ofLane, logs.name(log as number), thread)) {
						const times = [first as number, last as number] as const;
						sums.addRow(thread, ofLane, times, row, 5);
					}
				}
			}
		}
		this.#addProvisional(sums, query, ({thread}) => thread);
		return sums.parts();
	}

	/**
	 * The number of logs in a window and, for those with the most requests, sums by log and lane.
	 * @param most number of logs wanted
	 */
	bySource(
		query: Query,
		most: number,
	): {readonly count: number; readonly parts: readonly (Part & {readonly key: string})[]} {
		// Fetching thousands of names individually would take longer than everything else.
		this.#tables.logs.names();
		const {requests} = this.#bySource(query, new RequestCounts());
		const names = requests.size > most ? new Set(mostRequestedLogs(requests, most)) : undefined;
		return {count: requests.size, parts: this.#bySource(query, new Sums<string>(logRollup.measures), names).parts()};
	}

	/**
	 * @param sums adds by log name
	 * @param wanted names of the logs; all by default
	 */
	#bySource<To extends Adder<string>>(query: Query, sums: To, wanted?: ReadonlySet<string>): To {
		const {database, logs, requests} = this.#tables;
		const {window, selection} = query;
		const {whole, partly} = selection;
		const keyOf: KeyOf<string> = ({source}) => source;
		const isWanted = ({request}: Counted) => wanted === undefined || wanted.has(request.source);
		const ids = wanted && idsOf(wanted, logs.names());
		for (const piece of this.pieces(window, logRollup.widths)) {
			if (piece.width === undefined) {
				this.#addRequests(sums, requests.between({...piece, lanes: whole, logs: ids}), keyOf);
				continue;
			}
			for (const row of logSums(database, piece, sums.measures, {lanes: whole, logs: ids})) {
				const [log, lane, first, last] = row as readonly number[];
				sums.addRow(logs.name(log as number), this.#lane(lane), [first as number, last as number], row, 4);
			}
		}
		for (const some of partly) {
			for (const stretch of stretchesOf(window)) {
				for (const kept of requests.between({...stretch, ...this.#rowsOfSome(some)})) {
					if (isWanted(kept)) {
						sums.add(kept.request.source, this.#lane(kept.lane), kept);
					}
				}
			}
		}
		this.#addProvisional(sums, {...query, provisional: query.provisional.filter(isWanted)}, keyOf);
		return sums;
	}

	#rowsOfSome({lanes, logs, pieces}: Partly): Pick<Rows, 'lanes' | 'logs' | 'threads'> {
		return {lanes, logs, threads: pieces.length === 0 ? undefined : this.#tables.threads.holding(pieces)};
	}

	/** Rows that include everything that matches, and maybe more. */
	rowsOf({whole, partly}: Selection): Pick<Rows, 'lanes' | 'threads'> {
		if (!whole) {
			return {lanes: undefined, threads: undefined};
		}
		return {
			lanes: [...whole, ...partly.flatMap(({lanes}) => lanes)],
			threads:
				whole.length === 0 && partly.every(({pieces}) => pieces.length > 0)
					? [...new Set(partly.flatMap(({pieces}) => this.#tables.threads.holding(pieces)))]
					: undefined,
		};
	}

	/** Divides a window into the rows and sums to be read. */
	pieces(window: Window, widths: readonly number[]): readonly Piece[] {
		const span = this.span();
		return stretchesOf(window).flatMap(({from, to}) => {
			// Nothing else is in the day that starts with it.
			if (from === untimed) {
				return cut(from, from + day, widths);
			}
			const ends = span && rounded({from, to}, span);
			return ends ? cut(ends.from, ends.to, widths) : [];
		});
	}

	#lane(id: number | undefined): Lane {
		return this.#tables.lanes.lane(id as number);
	}

	#addRequests<Key>(sums: Adder<Key>, rows: Iterable<Kept>, keyOf: KeyOf<Key>): void {
		for (const kept of rows) {
			sums.add(keyOf(kept.request), this.#lane(kept.lane), kept);
		}
	}

	#addProvisional<Key>(sums: Adder<Key>, {provisional}: Query, keyOf: KeyOf<Key>): void {
		if (provisional.length === 0) {
			return;
		}
		const known = new Map([...this.#tables.lanes.all().values()].map(({lane}) => [laneKey(lane), lane]));
		for (const counted of provisional) {
			const lane = laneOf(counted.request, this.#prices);
			const key = laneKey(lane);
			const same = known.get(key) ?? lane;
			known.set(key, same);
			sums.add(keyOf(counted.request), same, counted);
		}
	}
}

/** The numbers of the logs with these names. */
const idsOf = (wanted: ReadonlySet<string>, names: ReadonlyMap<number, string>): readonly number[] => {
	const ids: number[] = [];
	for (const [id, name] of names) {
		if (wanted.has(name)) {
			ids.push(id);
		}
	}
	return ids;
};
