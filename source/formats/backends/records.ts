import type {Plan, Request} from '../../request.js';
import {layoutMatcher} from '../../scanner/layout-matcher.js';
import {boundName} from '../../text/bound-names.js';
import {utc} from '../../time/stamp.js';
import type {FormatContext, Sum, Tally} from '../format.js';
import {type JsonObject, objectOf, textOf} from '../json/json-values.js';
import {type Arounds, KnownLines} from '../layouts/known-lines.js';
import {membersStart, textMembers, unnamed} from '../renderings/text-members.js';
import {emptyThreadEvents, ThreadEvents} from '../state/thread-events.js';
import {findTime, parseTime} from '../times/log-time.js';
import {emptyReportedCallsState, ReportedCalls} from '../usage/reported-calls.js';
import {callInRecord, recordsIn, type SpanCall} from '../usage/telemetry.js';
import {isPrefix} from '../wrappers/prefix.js';
import type {Around, Content} from '../wrappers/unwrap.js';
import {type CacheEvent, readEvent, tellsCall} from './glitchtip/event.js';
import {eventIdPrefix, planOf} from './glitchtip/event-plan.js';
import {isTranscript} from './kinds.js';
import {type CallRow, rowOfCall} from './litellm/layout-row.js';
import {noteRouting} from './litellm/routing.js';
import {type Row, readRow} from './litellm/row.js';
import {ReportedNames} from './reported-names.js';
import {callExported, singleCall} from './single-call.js';
import {emptyUsageCallsState, isCounted, UsageCalls} from './usage-calls.js';
import {isUsagePage, sumsInPage} from './usage-pages.js';

/** The state needed to continue reading records, as plain data. */
type RecordsState = typeof emptyUsageCallsState & {
	readonly calls: typeof emptyReportedCallsState;
	/** How LiteLLM routed the calls of each thread. */
	readonly routing: typeof emptyThreadEvents;
	/** Spans around reported calls, and sessions whose calls were reported. */
	readonly told: readonly string[];
};

/** The initial state, which also defines the shape of a saved state. */
export const emptyRecordsState: RecordsState = {
	...emptyUsageCallsState,
	calls: emptyReportedCallsState,
	routing: emptyThreadEvents,
	told: [''],
};

/** Reads objects and texts of a log that report whole calls: usage objects, LiteLLM's payloads, GlitchTip's events. */
export class Records {
	readonly #context: FormatContext;
	readonly #tally: Tally;
	readonly #calls: ReportedCalls;
	readonly #usage: UsageCalls;
	readonly #routing: ThreadEvents;
	readonly #told: ReportedNames;
	/** Undefined if every line is decoded. */
	readonly #known: KnownLines | undefined;

	constructor(context: FormatContext, tally: Tally, state: RecordsState | undefined) {
		this.#context = context;
		this.#tally = tally;
		this.#calls = new ReportedCalls(context, tally, state?.calls);
		this.#told = new ReportedNames(state?.told);
		this.#usage = new UsageCalls(context, tally, this.#calls, this.#told, state);
		this.#routing = new ThreadEvents(state?.routing);
		const {localTime} = context;
		const line = (text: string) => singleCall(text, localTime);
		const record = (text: string, resource: string) => callExported(text, resource, localTime);
		const matcher = layoutMatcher();
		this.#known = matcher && new KnownLines(matcher, {line, record}, localTime);
	}

	get state(): RecordsState {
		return {
			...this.#usage.state,
			calls: this.#calls.state,
			routing: this.#routing.entries(),
			told: this.#told.state,
		};
	}

	/** Sums of runs. */
	get sums(): readonly Sum[] {
		return this.#usage.sums;
	}

	/** Called at the beginning of a file. */
	restart(): void {
		this.#usage.restart();
	}

	/** Accepts a line by its bytes if it is like others that were decoded; false if it must be decoded. */
	takeKnown(bytes: Buffer, start: number, end: number): boolean {
		const known = this.#known;
		const calls = known?.read(bytes, start, end);
		if (!known || !calls) {
			return false;
		}
		const [first] = calls;
		if (first?.isRow) {
			this.#row(rowOfCall(first), known.around);
		} else {
			this.#usage.takeTold(calls, known.around);
		}
		return true;
	}

	/** Learns from a decoded line that reported a call. */
	note(bytes: Buffer, start: number, end: number, around: Arounds): void {
		this.#known?.note(bytes, start, end, around);
	}

	/** @returns true if the content reports a call, or is known to report none */
	take(content: Content, around: Around): boolean {
		if (content.kind === 'object') {
			return this.#object(content.value, around);
		}
		return content.kind === 'text' && this.#text(content.text, around);
	}

	#text(text: string, around: Around): boolean {
		const found = membersIn(text);
		if (!found || !tellsMore(callsIn(found.members))) {
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
		const page = sumsInPage(value);
		if (page.length > 0) {
			this.#usage.takePage(page);
			return true;
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

	/** Reports a plan without an outcome. */
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
				// A repeat of the usage of the call that filled the proxy's cache.
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
					{identity: `litellm:${boundName(row.id)}`, time: row.time ?? around.time, wording: payload},
				);
				break;
		}
	}

	#routed({thread, routing}: CallRow): Request['events'] {
		// Calls without a thread follow each other by chance.
		if (thread === undefined) {
			return undefined;
		}
		const name = boundName(thread) ?? '';
		noteRouting(this.#routing, name, routing);
		return this.#routing.take(name);
	}
}

/** The wording of LiteLLM's payload. */
const payload = () => 'litellm';

/** The calls that an object reports, with times read as UTC. */
const callsIn = (value: JsonObject): readonly SpanCall[] =>
	recordsIn(value).flatMap(record => callInRecord(record, utc) ?? []);

/** A line that reports only the input of a call is one of several about it. */
const tellsMore = (calls: readonly SpanCall[]): boolean =>
	calls.some(({call: {counts}}) => counts.output !== undefined || !counts.cacheUnknown);

/** The object in a text, and what is before it; undefined if that is not a known prefix. */
const membersIn = (text: string): {readonly members: JsonObject; readonly before: string} | undefined => {
	const start = membersStart(text);
	const before = start < 0 ? '' : text.slice(0, start);
	const members = start >= 0 && isPrefix(before) ? textMembers(text) : undefined;
	return members && {members: onlyObject(members) ?? members, before};
};

/** The object in a text that has nothing else, so that it is read like a line of JSON. */
const onlyObject = (members: JsonObject): JsonObject | undefined => {
	const [only, ...more] = Object.entries(members);
	return only && more.length === 0 && only[0] === unnamed ? objectOf(only[1]) : undefined;
};

/** True if content reports a call in any wording of usage. */
export const tellsUsage = (content: Content, around: Around): boolean => {
	const value =
		content.kind === 'object' ? content.value : content.kind === 'text' ? membersIn(content.text)?.members : undefined;
	if (!value || isTranscript(value)) {
		return false;
	}
	if (content.kind === 'object' && isUsagePage(value)) {
		return true;
	}
	const calls = callsIn(value);
	return (content.kind !== 'text' || tellsMore(calls)) && calls.some(({call}) => isCounted(call, around));
};
