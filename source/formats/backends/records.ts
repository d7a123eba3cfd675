import type {Plan, Request} from '../../request.js';
import {boundName} from '../../text/bound-names.js';
import {utc} from '../../time/stamp.js';
import type {FormatContext, Tally} from '../format.js';
import {type JsonObject, textOf} from '../json/json-values.js';
import type {Arounds} from '../layouts/known-lines.js';
import {membersStart, textMembers} from '../renderings/text-members.js';
import {emptyThreadEvents, ThreadEvents} from '../state/thread-events.js';
import {findTime, parseTime} from '../times/log-time.js';
import {callInRecord, recordsIn} from '../usage/telemetry.js';
import {emptyToldCallsState, ToldCalls} from '../usage/told-calls.js';
import {isPrefix} from '../wrappers/prefix.js';
import type {Around, Content} from '../wrappers/unwrap.js';
import {type CacheEvent, readEvent, tellsCall} from './glitchtip/event.js';
import {eventIdPrefix, planOf} from './glitchtip/event-plan.js';
import {isTranscript} from './kinds.js';
import {noteRouting} from './litellm/routing.js';
import {type Row, readRow} from './litellm/row.js';
import {ToldNames} from './told-names.js';
import {emptyUsageCallsState, isCounted, UsageCalls} from './usage-calls.js';

/** What the reading of records must know to go on, as plain data. */
type RecordsState = typeof emptyUsageCallsState & {
	readonly calls: typeof emptyToldCallsState;
	/** How LiteLLM routed the calls of each thread. */
	readonly routing: typeof emptyThreadEvents;
	/** Spans around calls that were told; sessions whose calls were. */
	readonly told: readonly string[];
};

/** The state before the first line; its values show the shape that a saved state must have. */
export const emptyRecordsState: RecordsState = {
	...emptyUsageCallsState,
	calls: emptyToldCallsState,
	routing: emptyThreadEvents,
	told: [''],
};

/** Reads the objects and texts of a log that tell calls whole: usage objects, LiteLLM's payloads, GlitchTip's events. */
export class Records {
	readonly #context: FormatContext;
	readonly #tally: Tally;
	readonly #calls: ToldCalls;
	readonly #usage: UsageCalls;
	readonly #routing: ThreadEvents;
	readonly #told: ToldNames;

	constructor(context: FormatContext, tally: Tally, state: RecordsState | undefined) {
		this.#context = context;
		this.#tally = tally;
		this.#calls = new ToldCalls(context, tally, state?.calls);
		this.#told = new ToldNames(state?.told);
		this.#usage = new UsageCalls(context, tally, this.#calls, this.#told, state);
		this.#routing = new ThreadEvents(state?.routing);
	}

	get state(): RecordsState {
		return {
			...this.#usage.state,
			calls: this.#calls.state,
			routing: this.#routing.entries(),
			told: this.#told.state,
		};
	}

	/** A file begins. */
	restart(): void {
		this.#usage.restart();
	}

	/** Takes a line by its bytes, if it is like others that were decoded; false where it must be. */
	takeKnown(bytes: Buffer, start: number, end: number): boolean {
		return this.#usage.takeKnown(bytes, start, end);
	}

	/** Learns from a line that was decoded and told a call. */
	note(bytes: Buffer, start: number, end: number, around: Arounds): void {
		this.#usage.note(bytes, start, end, around);
	}

	/** @returns whether the content tells a call, or is known to tell none */
	take(content: Content, around: Around): boolean {
		if (content.kind === 'object') {
			return this.#object(content.value, around);
		}
		return content.kind === 'text' && this.#text(content.text, around);
	}

	#text(text: string, around: Around): boolean {
		const found = membersIn(text);
		if (!found || !tellsMore(found.members)) {
			return false;
		}
		const told = around.time === undefined ? findTime(found.before, this.#context.localTime) : undefined;
		const {time = told?.time} = around;
		return this.#usage.take(found.members, {...around, time, stamp: around.stamp || (told?.stamp ?? '')});
	}

	#object(value: JsonObject, around: Around): boolean {
		if (isTranscript(value)) {
			return false;
		}
		const event = readEvent(value);
		const plan = event && tellsCall(event) ? planOf(event) : undefined;
		if (event && plan) {
			this.#event(event, plan);
			return true;
		}
		const row = readRow(value, this.#context.localTime);
		if (row) {
			this.#row(row, around);
			return true;
		}
		return this.#usage.take(value, around);
	}

	/** A plan without its outcome. */
	#event(event: CacheEvent, plan: Plan): void {
		const {localTime, source, onRequest} = this.#context;
		const id = `${eventIdPrefix}${event.id}`;
		const time = [event.created, event.received]
			.map(stamp => parseTime(stamp, localTime))
			.find(known => known !== undefined);
		this.#tally[this.#told.has(id) ? 'repeats' : 'plans']++;
		this.#told.add(id);
		onRequest({
			id,
			time: this.#calls.timeOf(time),
			thread: undefined,
			project: undefined,
			source,
			host: event.host,
			model: textOf(event.metrics.model),
			plan,
			usage: undefined,
			missReason: undefined,
			rebuilt: false,
		});
	}

	#row(row: Row, around: Around): void {
		switch (row.kind) {
			case 'answered-by-proxy':
				// The usage of the call that filled the proxy's cache, told again.
				this.#tally.repeats++;
				break;
			case 'failed':
				this.#tally.calls++;
				if (row.thread !== undefined) {
					this.#routing.add(boundName(row.thread) ?? '', 'error');
				}
				break;
			case 'without-prompt':
				this.#tally.lookAlikes++;
				break;
			case 'request':
				this.#calls.tell(
					{...row, events: this.#routed(row)},
					{identity: `litellm:${boundName(row.id)}`, time: row.time ?? around.time},
				);
				break;
		}
	}

	#routed({thread, routing}: Extract<Row, {kind: 'request'}>): Request['events'] {
		// Calls that no thread ties together follow each other by chance.
		if (thread === undefined) {
			return undefined;
		}
		const name = boundName(thread) ?? '';
		noteRouting(this.#routing, name, routing);
		return this.#routing.take(name);
	}
}

/** A line that tells the input of a call and nothing else is one of several that tell it. */
const tellsMore = (members: JsonObject): boolean => {
	const counts = recordsIn(members).flatMap(record => callInRecord(record, utc)?.call.counts ?? []);
	return counts.some(({output, cacheUnknown}) => output !== undefined || !cacheUnknown);
};

/** What a text tells as an object, and what stands before it; undefined where that is no prefix of a writer. */
const membersIn = (text: string): {readonly members: JsonObject; readonly before: string} | undefined => {
	const start = membersStart(text);
	const before = start < 0 ? '' : text.slice(0, start);
	const members = start >= 0 && isPrefix(before) ? textMembers(text) : undefined;
	return members && {members, before};
};

/** Whether content tells a call in any wording of a usage. */
export const tellsUsage = (content: Content, around: Around): boolean => {
	const value =
		content.kind === 'object' ? content.value : content.kind === 'text' ? membersIn(content.text)?.members : undefined;
	if (!value || isTranscript(value) || (content.kind === 'text' && !tellsMore(value))) {
		return false;
	}
	const calls = recordsIn(value).flatMap(record => callInRecord(record, utc) ?? []);
	return calls.some(({call}) => isCounted(call, around));
};
