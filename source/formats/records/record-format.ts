import {mostEvents, type Request, type ThreadEvent} from '../../request.js';
import {boundName} from '../../text/bound-names.js';
import {isPlausible, parseStamp} from '../../time/stamp.js';
import {
	type CacheChange,
	emptyTally,
	type Format,
	type FormatContext,
	type FormatSession,
	type Sum,
	type Tally,
	type ThreadModel,
} from '../format.js';
import {type Kinship, looksLike} from '../json/json-line.js';
import {type JsonObject, textOf} from '../json/json-values.js';
import {RecentMap} from '../state/recent-map.js';
import {isLike} from '../state/saved-state.js';
import {LineClock} from '../times/line-clock.js';
import {isEmpty} from './counts.js';
import {eachRecord} from './each-record.js';

/** What a record tells of one answer of a model. What it leaves out, the log does not tell. */
type Answer = Pick<Request, 'usage'> &
	Partial<
		Omit<Request, 'id' | 'time' | 'source' | 'line' | 'host' | 'plan' | 'planOnly' | 'firstLine' | 'usage' | 'rebuilt'>
	> & {
		/** What is the same in every copy of it, without the name of the format. */
		readonly id: string;
		/** Epoch milliseconds; undefined where the record has no time of its own. */
		readonly time: number | undefined;
		/** It is marked as failed or aborted: without any count it is no request. */
		readonly failed?: boolean;
		/** Later records of the same id are repeats, whatever they tell. */
		readonly isFinal?: boolean;
	};

/** What a reader of records is given beside the record. */
export type RecordContext = {
	/** Name of the log: some agents tell the session and the agent by its path alone. */
	readonly source: string;
	/** Epoch milliseconds of a time that may be a number of seconds or milliseconds, or an ISO text. */
	readonly timeOf: (value: unknown) => number | undefined;
	/** Tells an answer. */
	readonly answer: (answer: Answer) => void;
	/** Tells what the log keeps as a sum only; it takes the place of one with the same id. */
	readonly sum: (sum: Sum) => void;
	/** Tells of a change that broke the cache of requests that another log holds. */
	readonly change: (change: CacheChange) => void;
	/** Tells the models of requests that other logs hold; they take the place of those told before. */
	readonly models: (models: readonly ThreadModel[]) => void;
	/** Notes what changed in the thread since its last answer. */
	readonly event: (kind: string, detail?: string) => void;
	/** Notes that the context was compacted or rebuilt since the last answer of the log. */
	readonly rebuilt: () => void;
	/** Notes when the latest message of the user, or result of a tool, was written: the next request was sent then. */
	readonly sent: (time: number | undefined) => void;
};

/** How the records of one agent are read. `State` is plain data, kept between records and between processes. */
type RecordReader<State> = Pick<Format, 'name' | 'title'> & {
	/** Whether a record is one of this agent's, may be, or is another's. */
	readonly kinship: (record: JsonObject) => Kinship;
	/** Recognises a document by its beginning, where the agent writes such. */
	readonly isDocument?: (beginning: string) => boolean;
	/** A line without any of these is of no interest and is not parsed. */
	readonly words: readonly string[];
	/** What is known at the beginning of a log. */
	readonly beginning: () => State;
	/** @param state may be changed in place */
	readonly read: (record: JsonObject, state: State, context: RecordContext) => void;
};

/** Answers that are remembered at a time; of older ones a repeat is told again, which changes nothing. */
const mostKnown = 64;
/** Sums of one log that are remembered: of a database, those of as many sessions. */
const mostSums = 500;
/** At most this many changes are remembered of one log. */
const mostChanges = 50;
/** Characters that a document is recognised by. */
const beginningLength = 8192;
/** Numbers above it are milliseconds since 1970, those below are seconds. */
const firstMilliseconds = 1e11;

/** What was told of an answer, as text, and what came before it. */
type Known = readonly [told: string, before: Pick<Request, 'start' | 'events' | 'rebuilt'>];

/** At most this many model switches are remembered of one log. */
const mostModels = 50;
const noTrace = {time: 0, input: 0, cacheRead: 0};

type Pending = {events: ThreadEvent[]; rebuilt: boolean; sent: number};

const nothingPending = (): Pending => ({events: [], rebuilt: false, sent: 0});

class RecordSession<State extends object> implements FormatSession {
	readonly tally: Tally;
	readonly #reader: RecordReader<State>;
	readonly #context: FormatContext;
	readonly #words: readonly Buffer[];
	readonly #known: RecentMap<Known>;
	readonly #sums: RecentMap<Sum>;
	readonly #changes: RecentMap<CacheChange>;
	#models: readonly ThreadModel[];
	readonly #clock: LineClock;
	readonly #record: RecordContext;
	#state: State;
	#pending: Pending;
	/** Place of the record's line among those that are being read. */
	#index = 0;

	constructor(reader: RecordReader<State>, context: FormatContext, saved: unknown) {
		const example = {
			version: 2,
			tally: emptyTally(),
			time: 0,
			known: [['', ['', {rebuilt: false}]]] as readonly (readonly [string, Known])[],
			state: reader.beginning(),
			pending: {events: [{kind: ''}], rebuilt: false, sent: 0},
			models: [{thread: ''}],
			changes: [['', {thread: '', reason: '', after: noTrace, until: noTrace}]] as const,
			sums: [['', {id: '', tokens: {uncached: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, output: 0}}]] as const,
		};
		const kept = isLike(saved, example) && saved.version === 2 ? saved : undefined;
		this.tally = {...(kept?.tally ?? emptyTally())};
		this.#reader = reader;
		this.#context = context;
		this.#words = reader.words.map(word => Buffer.from(word));
		this.#known = new RecentMap(mostKnown, kept?.known);
		this.#sums = new RecentMap(mostSums, kept?.sums as readonly (readonly [string, Sum])[] | undefined);
		this.#changes = new RecentMap(
			mostChanges,
			kept?.changes as readonly (readonly [string, CacheChange])[] | undefined,
		);
		this.#models = (kept?.models as readonly object[] as readonly ThreadModel[] | undefined) ?? [];
		this.#clock = new LineClock(context, this.tally, kept?.time);
		this.#state = structuredClone(kept?.state ?? reader.beginning());
		this.#pending = structuredClone(kept?.pending ?? nothingPending()) as Pending;
		this.#record = {
			source: context.source,
			timeOf: value => this.#timeOf(value),
			answer: answer => this.#answer(answer),
			sum: sum => {
				const id = boundName(sum.id) ?? '';
				this.#sums.set(id, {...sum, id, thread: boundName(sum.thread)});
			},
			change: change => {
				const thread = boundName(change.thread) ?? '';
				const key = `${thread} ${change.until.time} ${change.until.input}`;
				this.#changes.set(key, {...change, thread, reason: boundName(change.reason) ?? ''});
			},
			models: models => {
				this.#models = models.slice(-mostModels).map(withBoundTexts);
			},
			event: (kind, detail) => this.#event(kind, detail),
			rebuilt: () => {
				this.#pending.rebuilt = true;
			},
			sent: time => {
				this.#pending.sent = time ?? this.#pending.sent;
			},
		};
	}

	lines(bytes: Buffer, head: boolean): void {
		if (head) {
			this.#state = this.#reader.beginning();
			this.#pending = nothingPending();
		}
		eachRecord(bytes, this.#words, {
			record: (record, index) => {
				this.#index = index;
				this.#reader.read(record, this.#state, this.#record);
			},
			broken: () => {
				this.tally.candidates++;
				this.tally.brokenJson++;
			},
		});
	}

	provisional(): readonly [] {
		return [];
	}

	get sums(): readonly Sum[] {
		return this.#sums.entries().map(([, sum]) => sum);
	}

	get changes(): readonly CacheChange[] {
		return this.#changes.entries().map(([, change]) => change);
	}

	get models(): readonly ThreadModel[] {
		return this.#models;
	}

	save() {
		return {
			version: 2,
			tally: {...this.tally},
			time: this.#clock.last,
			known: this.#known.entries(),
			state: withBoundTexts(this.#state),
			pending: structuredClone(this.#pending),
			sums: this.#sums.entries(),
			changes: this.#changes.entries(),
			models: this.#models,
		};
	}

	#timeOf(value: unknown): number | undefined {
		if (typeof value === 'number') {
			const time = value < firstMilliseconds ? value * 1000 : value;
			return time > 0 && isPlausible(time) ? Math.floor(time) : undefined;
		}
		return parseStamp(textOf(value) ?? '', this.#context.localTime);
	}

	#event(kind: string, detail: string | undefined): void {
		const {events} = this.#pending;
		const name = boundName(detail);
		if (events.length < mostEvents && !events.some(event => event.kind === kind && event.detail === name)) {
			events.push({kind, ...(name && {detail: name})});
		}
	}

	#answer({id, time: told, failed, isFinal, usage, ...answer}: Answer): void {
		this.tally.candidates++;
		if (usage && failed && isEmpty(usage)) {
			this.tally.lookAlikes++;
			return;
		}
		const name = boundName(`${this.#reader.name}:${id}`) as string;
		const before = this.#known.get(name);
		const time = this.#clock.advance(told ?? this.#sentBefore());
		const {events, rebuilt, sent} = this.#pending;
		const now = JSON.stringify([usage, answer.model]);
		if (before !== undefined) {
			this.tally.repeats++;
		} else {
			this.tally.outcomes++;
		}
		// What happened before it is no matter of a later one, also where it was told before.
		this.#pending = nothingPending();
		if (before?.[0] === now || (before !== undefined && isFinal)) {
			return;
		}
		const start = answer.start ?? (sent > 0 ? sent : undefined);
		const all = [...(answer.events ?? []), ...events].slice(0, mostEvents);
		const call = before?.[1] ?? {
			...(start !== undefined && {start: Math.min(start, time)}),
			...(all.length > 0 && {events: all}),
			rebuilt,
		};
		this.#known.set(name, [now, call]);
		// Each member by its name: what is put together out of other objects takes thousands of bytes.
		this.#context.onRequest({
			id: name,
			time,
			start: call.start ?? answer.start,
			thread: answer.thread,
			agent: answer.agent,
			project: answer.project,
			branch: answer.branch,
			source: this.#context.source,
			line: this.#context.lineAt?.(this.#index),
			host: undefined,
			model: answer.model,
			provider: answer.provider,
			client: answer.client,
			settings: answer.settings,
			priceFactors: answer.priceFactors,
			plan: undefined,
			usage,
			missReason: answer.missReason,
			missTokens: answer.missTokens,
			iterations: answer.iterations,
			events: call.events ?? answer.events,
			replica: answer.replica,
			rebuilt: call.rebuilt,
		});
	}

	/** Of an answer without a time: it came after what was sent for it. */
	#sentBefore(): number | undefined {
		return this.#pending.sent > 0 ? this.#pending.sent : undefined;
	}
}

/** A copy whose texts cannot flood what keeps it. */
const withBoundTexts = <Value>(value: Value): Value => {
	if (typeof value === 'string') {
		return boundName(value) as Value;
	}
	return typeof value === 'object' && value !== null
		? (Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withBoundTexts(part)])) as Value)
		: value;
};

/** A format whose logs are JSON records, one a line or one document, of which some tell answers. */
export const recordFormat = <State extends object>(reader: RecordReader<State>): Format => ({
	name: reader.name,
	title: reader.title,
	recognise: head =>
		looksLike(head, reader.kinship) || (reader.isDocument?.(head.toString('utf8', 0, beginningLength)) ?? false),
	...(reader.isDocument && {
		isDocument: (head: Buffer) => reader.isDocument?.(head.toString('utf8', 0, beginningLength)) ?? false,
	}),
	open: (context, saved) => new RecordSession(reader, context, saved),
});
