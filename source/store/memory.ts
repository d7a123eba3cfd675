import type {Log} from '../log.js';
import {type CountedThreads, countThreads} from '../metrics/breaks/count-facts.js';
import type {Counted} from '../metrics/breaks/facts.js';
import {lifetimesOf} from '../metrics/breaks/lifetimes.js';
import {type Around, aroundOf} from '../metrics/breaks/suspects/around.js';
import {type LaneEnd, withTwins} from '../metrics/breaks/warm.js';
import {type Filter, isEmptyFilter, type Taken, takenBy} from '../metrics/filter.js';
import {grouped} from '../metrics/grouped.js';
import {type LaneFinder, laneFinderOf} from '../metrics/lane-finder.js';
import type {Moment, Overview, SourcesFound, ThreadsFound, Wanted} from '../metrics/ledger.js';
import type {ClientStarts} from '../metrics/marks.js';
import type {PriceList} from '../metrics/money/pricing.js';
import {inListOrder} from '../metrics/order.js';
import {type Placed, sumBy, sumThreadMeasuresBy} from '../metrics/parts.js';
import {byThread, mostNotable} from '../metrics/threads.js';
import {type Span, stretchesOf, type Window} from '../metrics/windows/window.js';
import {continuesThread, type Request, untimed} from '../request.js';
import {bounded} from './bounded.js';
import {answerNow} from './local-ledger.js';
import {NameBounds} from './name-bounds.js';
import {replaces} from './replaces.js';
import type {Batch, Store} from './store.js';
import {ThreadNames} from './thread-names.js';

type Kept = {readonly log: string; readonly request: Request};

/**
 * Keeps requests in memory, as long as the process lives, and counts them anew after each change: what every other
 * store has to agree with.
 */
export class MemoryStore implements Store {
	version = 0;
	readonly #byId = new Map<string, Kept>();
	readonly #provisional = new Map<string, readonly Request[]>();
	readonly #cursors = new Map<string, unknown>();
	readonly #names = new NameBounds();
	readonly #threads = new ThreadNames();
	readonly #lanes: LaneFinder;
	#counted: CountedThreads['threads'] = new Map();
	/** Oldest first, and when each was. */
	#placed: readonly Placed[] = [];
	#times = new Float64Array();
	#countedVersion = 0;
	/** The latest that was asked for: one report asks for the same several times. */
	#selected: Selected | undefined;

	constructor(prices: PriceList) {
		this.#lanes = laneFinderOf(prices);
	}

	cursor(log: string): unknown {
		return this.#cursors.get(log);
	}

	clients(): ClientStarts {
		const starts = new Map<string, number>();
		for (const {
			request: {client, time},
		} of this.#byId.values()) {
			if (client !== undefined && time !== untimed && time < (starts.get(client) ?? Number.POSITIVE_INFINITY)) {
				starts.set(client, time);
			}
		}
		return starts;
	}

	commit({changes, cursors}: Batch): void {
		for (const change of changes) {
			if (change.kind === 'put') {
				this.#put(change.log, change.request);
			} else {
				for (const [id, {log, request}] of this.#byId) {
					if (log === change.log.id && (change.kind === 'clear' || request.planOnly)) {
						this.#byId.delete(id);
					}
				}
			}
		}
		for (const {log, cursor} of cursors) {
			this.#cursors.set(log.id, cursor);
		}
		this.version++;
	}

	#put(log: Log, request: Request): void {
		const before = this.#byId.get(request.id);
		if (before && continuesThread(before.request, request)) {
			this.#threads.join(before.request.thread as string, request.thread as string);
		}
		if (!before || replaces(request, before.request)) {
			this.#byId.set(request.id, {log: log.id, request: this.#names.bound(bounded(request))});
		}
	}

	get exceeded() {
		return this.#names.exceeded;
	}

	putProvisional(log: Log, given: readonly Request[]): void {
		const requests = given.map(request => this.#names.bound(request));
		const before = this.#provisional.get(log.id) ?? [];
		// A request that is still being written grows under one id.
		if (before.length !== requests.length || JSON.stringify(before) !== JSON.stringify(requests)) {
			this.#provisional.set(log.id, requests);
			this.version++;
		}
	}

	async ask<Asked extends Wanted>(choose: (overview: Overview) => Asked): Promise<Moment<Asked>> {
		return answerNow(this, choose);
	}

	get total(): number {
		return this.#all().length;
	}

	get span(): Span {
		const first = this.untimed;
		const last = this.#times.at(-1);
		return last === undefined || first === this.#times.length ? undefined : {first: this.#times[first] as number, last};
	}

	get untimed(): number {
		this.#all();
		return firstFrom(this.#times, untimed + 1);
	}

	parts(window: Window, filter: Filter) {
		return sumBy(this.#in(window, filter), () => undefined);
	}

	threads(window: Window, filter: Filter, most: number): ThreadsFound {
		const parts = sumThreadMeasuresBy(this.#in(window, filter), ({thread}) => thread).map(({key, ...part}) => ({
			...part,
			thread: key,
		}));
		const threads = byThread(parts);
		return {
			count: threads.size,
			parts: [...mostNotable(threads, most).values()].flat(),
			lifetimes: lifetimesOf(threads),
		};
	}

	sources(window: Window, filter: Filter, most: number): SourcesFound {
		const parts = sumThreadMeasuresBy(this.#in(window, filter), ({source}) => source).map(({key, ...part}) => ({
			...part,
			source: key,
		}));
		const sources = [...grouped(parts, ({source}) => source).values()].map(found => ({
			found,
			requests: found.reduce((sum, {measures}) => sum + measures.requests, 0),
		}));
		const wanted = sources.sort((one, other) => other.requests - one.requests).slice(0, most);
		return {count: sources.length, parts: wanted.flatMap(({found}) => found)};
	}

	slices(window: Window, width: number, filter: Filter) {
		return sumBy(this.#in(window, filter), ({time}) => Math.floor(time / width) * width).map(({key, ...part}) => ({
			...part,
			slice: key,
		}));
	}

	requests(window: Window, filter: Filter, most: number): readonly Counted[] {
		return newest(this.#in(window, filter), most);
	}

	around(window: Window, filter: Filter, most: number): Around {
		return aroundOf(this.requests(window, filter, most), request => this.#lanes.of(request).price);
	}

	breaks(window: Window, filter: Filter, most: number): readonly Counted[] {
		return newest(
			this.#in(window, filter).filter(({counted}) => counted.facts.loss),
			most,
		);
	}

	thread(name: string | undefined, window: Window, filter: Filter, most: number): readonly Counted[] {
		const wanted = this.#threads.of(name);
		return newest(
			this.#in(window, filter).filter(({counted}) => counted.request.thread === wanted),
			most,
		);
	}

	ends(since: number, filter: Filter): readonly LaneEnd[] {
		const all = this.#all();
		const taken = this.#takenBy(filter);
		return [...this.#counted].flatMap(([thread, {ends}]) =>
			ends
				.filter(({time}) => time >= since)
				.flatMap(end => {
					const {counted, lane} = all[end.key] as Placed;
					const {request, facts} = counted;
					return taken(lane, request.source, thread) ? {lane, thread, end: withTwins(end, () => facts)} : [];
				}),
		);
	}

	close(): void {}

	#in(window: Window, filter: Filter): readonly Placed[] {
		const all = this.#all();
		const before = this.#selected;
		if (before?.version !== this.version || before.window !== window || before.filter !== filter) {
			const taken = isEmptyFilter(filter) ? undefined : this.#takenBy(filter);
			const within = stretchesOf(window).flatMap(({from, to}) =>
				all.slice(firstFrom(this.#times, from), firstFrom(this.#times, to)),
			);
			const found = taken
				? within.filter(({counted: {request}}) => taken(request, request.source, request.thread))
				: within;
			this.#selected = {version: this.version, window, filter, found};
			return found;
		}
		return before.found;
	}

	#takenBy(filter: Filter): Taken {
		return takenBy(
			{...filter, thread: this.#threads.of(filter.thread)},
			() => new Set(this.#all().flatMap(({counted, lane}) => (lane.model === undefined ? [] : counted.request.source))),
		);
	}

	/** All requests, oldest first. */
	#all(): readonly Placed[] {
		if (this.#countedVersion !== this.version) {
			const provisional = [...this.#provisional].flatMap(([log, requests]) =>
				requests.filter(({id}) => !this.#byId.has(id)).map((request): Kept => ({log, request})),
			);
			const ids = new Map(provisional.map(kept => [kept.request.id, kept]));
			const sorted = [...this.#byId.values(), ...ids.values()].sort(
				(one, other) => one.request.time - other.request.time,
			);
			const {counted, threads} = countThreads(
				sorted.map(({request}) => {
					const thread = this.#threads.of(request.thread);
					return thread === request.thread ? request : {...request, thread};
				}),
				index => sorted[index]?.log,
			);
			this.#counted = threads;
			this.#placed = counted.map(one => ({counted: one, lane: this.#lanes.of(one.request)}));
			this.#times = Float64Array.from(sorted, ({request}) => request.time);
			this.#countedVersion = this.version;
		}
		return this.#placed;
	}
}

/** What a window and a filter select, as of a version. */
type Selected = {
	readonly version: number;
	readonly window: Window;
	readonly filter: Filter;
	readonly found: readonly Placed[];
};

/** The place of the first of ascending times that is not before one. */
const firstFrom = (times: Float64Array, from: number): number => {
	let low = 0;
	let high = times.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((times[middle] as number) < from) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	return low;
};

const newest = (placed: readonly Placed[], most: number): readonly Counted[] =>
	most === 0 ? [] : inListOrder(placed.map(({counted}) => counted)).slice(Math.max(0, placed.length - most));
