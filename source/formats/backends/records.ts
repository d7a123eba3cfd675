import type {Plan, Request} from '../../request.js';
import {boundName} from '../../text/names.js';
import {utc} from '../../time/stamp.js';
import type {FormatContext, Tally} from '../format.js';
import {type JsonObject, textOf} from '../json/json-values.js';
import {View} from '../json/view.js';
import {membersStart, textMembers} from '../renderings/text-members.js';
import {RecentMap} from '../state/recent-map.js';
import {emptyThreadEvents, ThreadEvents} from '../state/thread-events.js';
import {findTime, parseTime} from '../times/log-time.js';
import type {Call} from '../usage/call.js';
import {settle} from '../usage/counts.js';
import {emptyIdentitiesState, Identities} from '../usage/identities.js';
import {MessageStreams, type MessageStreamsState} from '../usage/message-streams.js';
import {callInRecord, recordsIn, type SpanCall} from '../usage/telemetry.js';
import {emptyToldCallsState, ToldCalls} from '../usage/told-calls.js';
import {isPrefix} from '../wrappers/prefix.js';
import type {Around, Content} from '../wrappers/unwrap.js';
import {type CacheEvent, readEvent, tellsCall} from './glitchtip/event.js';
import {eventIdPrefix, planOf} from './glitchtip/event-plan.js';
import {isTranscript, runOf, wordingOf} from './kinds.js';
import {noteRouting} from './litellm/routing.js';
import {type Row, readRow} from './litellm/row.js';

/** Spans around calls, and sessions of agents, that are remembered. */
const mostRemembered = 500;
const mostSaved = 50;

/** What the reading of records must know to go on, as plain data. */
export type RecordsState = {
	readonly identities: typeof emptyIdentitiesState;
	readonly calls: typeof emptyToldCallsState;
	readonly streams: MessageStreamsState;
	/** How LiteLLM routed the calls of each thread. */
	readonly routing: typeof emptyThreadEvents;
	/** Spans around calls that were told; sessions whose calls were. */
	readonly told: readonly string[];
};

export const emptyRecordsState: RecordsState = {
	identities: emptyIdentitiesState,
	calls: emptyToldCallsState,
	streams: [['', {}]],
	routing: emptyThreadEvents,
	told: [''],
};

/** Reads the objects and texts of a log that tell calls whole: usage objects, LiteLLM's payloads, GlitchTip's events. */
export class Records {
	readonly #context: FormatContext;
	readonly #tally: Tally;
	readonly #identities: Identities;
	readonly #calls: ToldCalls;
	readonly #streams: MessageStreams;
	readonly #routing: ThreadEvents;
	readonly #told: RecentMap<true>;

	constructor(context: FormatContext, tally: Tally, state: RecordsState | undefined) {
		this.#context = context;
		this.#tally = tally;
		this.#identities = new Identities(state?.identities);
		this.#calls = new ToldCalls(context, tally, state?.calls);
		this.#streams = new MessageStreams(state?.streams);
		this.#routing = new ThreadEvents(state?.routing);
		this.#told = new RecentMap(
			mostRemembered,
			state?.told.map(name => [name, true]),
		);
	}

	get state(): RecordsState {
		return {
			identities: this.#identities.state,
			calls: this.#calls.state,
			streams: this.#streams.state,
			routing: this.#routing.entries(),
			told: this.#told
				.entries()
				.slice(-mostSaved)
				.map(([name]) => name),
		};
	}

	/** A file begins. */
	restart(): void {
		this.#identities.restart();
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
		if (!found) {
			return false;
		}
		const told = around.time === undefined ? findTime(found.before, this.#context.localTime) : undefined;
		const {time = told?.time} = around;
		return this.#usage(found.members, {...around, time, stamp: around.stamp || (told?.stamp ?? '')});
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
		return this.#usage(value, around);
	}

	/** A plan without its outcome. */
	#event(event: CacheEvent, plan: Plan): void {
		const {localTime, source, onRequest} = this.#context;
		const id = `${eventIdPrefix}${event.id}`;
		const time = [event.created, event.received]
			.map(stamp => parseTime(stamp, localTime))
			.find(known => known !== undefined);
		this.#tally[this.#isTold(id) ? 'repeats' : 'plans']++;
		this.#noteTold(id);
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

	#usage(value: JsonObject, around: Around): boolean {
		const {localTime} = this.#context;
		const found = recordsIn(value).flatMap(record => callInRecord(record, localTime) ?? []);
		const [only] = found;
		const completed = this.#streams.completed(value, around.stream, only?.call);
		if (completed) {
			this.#calls.tell(completed.call, {identity: completed.identity, time: completed.call.time ?? around.time});
			return true;
		}
		const parents = new Set(found.map(({parent}) => parent));
		for (const spanCall of found) {
			// Of a span and the one around it the inner one counts: two libraries may watch the same call.
			if (spanCall.span === '' || !parents.has(spanCall.span)) {
				this.#call(spanCall, value, around);
			}
		}
		return found.length > 0;
	}

	#call({call, span, parent}: SpanCall, value: JsonObject, around: Around): void {
		if (around.inList && call.time === undefined && call.id === undefined && call.request === undefined) {
			this.#tally.lookAlikes++;
			return;
		}
		if (call.failed && !tellsAnything(call)) {
			this.#tally.calls++;
			return;
		}
		const run = runOf(value);
		const session = textOf(value.session_id) ?? '';
		if (this.#isTold(span) || (run && this.#isTold(session))) {
			this.#tally.repeats++;
			return;
		}
		this.#noteTold(parent);
		if (value.type === 'assistant') {
			this.#noteTold(session);
		}
		this.#tell(run ? {...call, ...run, counts: {...call.counts, incomplete: true}} : call, value, around);
	}

	#isTold(name: string): boolean {
		return name !== '' && this.#told.get(boundName(name) as string) === true;
	}

	#noteTold(name: string): void {
		if (name !== '') {
			this.#told.set(boundName(name) as string, true);
		}
	}

	#tell(call: Call, value: JsonObject, around: Around): void {
		const time = call.time ?? around.time;
		const {model, provider} = call;
		const usage = settle(call.counts, {model, provider, time: time ?? 0, promptTokens: this.#context.promptTokens});
		const id = this.#identities.identify(call, usage, call.stamp || around.stamp);
		this.#streams.began(value, around.stream, call, id);
		this.#calls.tell(call, {
			identity: id,
			time,
			...(time !== undefined && {usage}),
			wording: () => wordingOf(call, new View(value)),
		});
	}
}

const tellsAnything = ({counts}: Call): boolean =>
	[counts.input, counts.read, counts.write, counts.output].some(count => count !== undefined && count !== 0);

/** What a text tells as an object, and what stands before it; undefined where that is no prefix of a writer. */
const membersIn = (text: string): {readonly members: JsonObject; readonly before: string} | undefined => {
	const start = membersStart(text);
	const before = start < 0 ? '' : text.slice(0, start);
	const members = start >= 0 && isPrefix(before) ? textMembers(text) : undefined;
	return members && {members, before};
};

/** Whether content tells a call in any wording of a usage. */
export const tellsUsage = (content: Content, {inList}: Around): boolean => {
	const value =
		content.kind === 'object' ? content.value : content.kind === 'text' ? membersIn(content.text)?.members : undefined;
	if (!value || isTranscript(value)) {
		return false;
	}
	const calls = recordsIn(value).flatMap(record => callInRecord(record, utc) ?? []);
	return calls.some(
		({call}) =>
			!(call.failed && !tellsAnything(call)) &&
			(!inList || call.time !== undefined || call.id !== undefined || call.request !== undefined),
	);
};
