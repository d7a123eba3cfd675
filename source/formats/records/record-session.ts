import {mostEvents, type Request} from '../../request.js';
import {boundName} from '../../text/bound-names.js';
import {isPlausible, parseStamp} from '../../time/stamp.js';
import {
	type CacheChange,
	emptyTally,
	type FormatContext,
	type FormatSession,
	type Sum,
	type Tally,
	type ThreadModel,
} from '../format.js';
import {textOf} from '../json/json-values.js';
import {RecentMap} from '../state/recent-map.js';
import {isLike} from '../state/saved-state.js';
import {emptyThreadEvents, ThreadEvents} from '../state/thread-events.js';
import {LineClock} from '../times/line-clock.js';
import {withBoundTexts} from './bound-texts.js';
import {isEmpty} from './counts.js';
import {eachRecord} from './each-record.js';
import {exampleReports, LogReports} from './log-reports.js';
import type {Answer, RecordContext, RecordReader} from './record-reader.js';

/** Maximum number of answers remembered; later repeats of older ones are reported again, which has no effect. */
const mostKnown = 64;
/** Maximum number of conversations remembered that were compacted and not continued yet. */
const mostRebuilt = 32;
/** Times above this number are epoch milliseconds, those below are seconds. */
const firstMilliseconds = 1e11;

/** What was reported about an answer, as text, and what preceded the answer. */
type Known = readonly [told: string, before: Pick<Request, 'start' | 'events' | 'rebuilt'>];

/** Reads a log whose records `RecordReader` interprets. */
export class RecordSession<State extends object> implements FormatSession {
	readonly tally: Tally;
	readonly #reader: RecordReader<State>;
	readonly #context: FormatContext;
	readonly #words: readonly Buffer[];
	readonly #known: RecentMap<Known>;
	readonly #reports: LogReports;
	readonly #clock: LineClock;
	readonly #record: RecordContext;
	#state: State;
	/** What changed in each conversation since its latest answer. */
	#events: ThreadEvents;
	/** Conversations whose context was compacted since their latest answer. */
	readonly #rebuilt: RecentMap<true>;
	/** Index of the current line among those being read. */
	#index = 0;

	constructor(reader: RecordReader<State>, context: FormatContext, saved: unknown) {
		const example = {
			version: 3,
			tally: emptyTally(),
			time: 0,
			known: [['', ['', {rebuilt: false}]]] as readonly (readonly [string, Known])[],
			state: reader.beginning(),
			events: emptyThreadEvents,
			rebuilt: [''],
			...exampleReports,
		};
		const kept = isLike(saved, example) && saved.version === 3 ? saved : undefined;
		this.tally = {...(kept?.tally ?? emptyTally())};
		this.#reader = reader;
		this.#context = context;
		this.#words = reader.words.map(word => Buffer.from(word));
		this.#known = new RecentMap(mostKnown, kept?.known);
		this.#reports = new LogReports(kept);
		this.#clock = new LineClock(context, this.tally, kept?.time);
		this.#state = structuredClone(kept?.state ?? reader.beginning());
		this.#events = new ThreadEvents(kept?.events);
		this.#rebuilt = new RecentMap(
			mostRebuilt,
			kept?.rebuilt.map(name => [name, true]),
		);
		this.#record = {
			source: context.source,
			timeOf: value => this.#timeOf(value),
			in: conversation => ({...this.#record, ...this.#of(boundName(conversation) ?? '')}),
			...this.#of(''),
			sum: sum => this.#reports.addSum(sum),
			change: change => this.#reports.addChange(change),
			models: models => this.#reports.setModels(models),
		};
	}

	/** What a reader reports about a conversation. */
	#of(name: string): Pick<RecordContext, 'answer' | 'event' | 'compare' | 'rebuilt' | 'sent'> {
		return {
			answer: answer => this.#answer(name, answer),
			event: (kind, detail) => this.#events.add(name, kind, detail),
			compare: (kind, value) => this.#events.compare(name, kind, value ?? ''),
			rebuilt: () => {
				this.#rebuilt.set(name, true);
			},
			sent: time => {
				if (time !== undefined) {
					this.#events.input(name, time);
				}
			},
		};
	}

	lines(bytes: Buffer, head: boolean): void {
		if (head) {
			this.#state = this.#reader.beginning();
			this.#events = new ThreadEvents();
			this.#rebuilt.clear();
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
		return this.#reports.sums;
	}

	get changes(): readonly CacheChange[] {
		return this.#reports.changes;
	}

	get models(): readonly ThreadModel[] {
		return this.#reports.models;
	}

	save() {
		return {
			version: 3,
			tally: {...this.tally},
			time: this.#clock.last,
			known: this.#known.entries(),
			state: withBoundTexts(this.#state),
			events: this.#events.entries(),
			rebuilt: this.#rebuilt.entries().map(([name]) => name),
			...this.#reports.save(),
		};
	}

	#timeOf(value: unknown): number | undefined {
		if (typeof value === 'number') {
			const time = value < firstMilliseconds ? value * 1000 : value;
			return time > 0 && isPlausible(time) ? Math.floor(time) : undefined;
		}
		return parseStamp(textOf(value) ?? '', this.#context.localTime);
	}

	#answer(conversation: string, {id, time: told, failed, isFinal, usage, ...answer}: Answer): void {
		this.tally.candidates++;
		if (usage && failed && isEmpty(usage)) {
			this.tally.lookAlikes++;
			return;
		}
		const name = boundName(`${this.#reader.name}:${id}`) as string;
		const before = this.#known.get(name);
		// What precedes this answer does not precede a later one, even if this one is a repeat.
		const sent = this.#events.takeInput(conversation);
		const events = this.#events.take(conversation) ?? [];
		const rebuilt = this.#rebuilt.delete(conversation);
		// An answer without a time has that of its request.
		const time = this.#clock.advance(told ?? sent);
		const now = JSON.stringify([usage, answer.model]);
		if (before !== undefined) {
			this.tally.repeats++;
		} else {
			this.tally.outcomes++;
		}
		if (before?.[0] === now || (before !== undefined && isFinal)) {
			return;
		}
		const start = answer.start ?? sent;
		const all = [...(answer.events ?? []), ...events].slice(0, mostEvents);
		const call = before?.[1] ?? {
			...(start !== undefined && {start: Math.min(start, time)}),
			...(all.length > 0 && {events: all}),
			rebuilt,
		};
		this.#known.set(name, [now, call]);
		// Listed member by member, because combining other objects takes thousands of bytes.
		this.#context.onRequest({
			id: name,
			time,
			start: call.start ?? answer.start,
			thread: answer.thread,
			agent: answer.agent,
			agentId: answer.agentId,
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
}
