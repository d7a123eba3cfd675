import type {FormatContext, Sum, Tally} from '../format.js';
import {type JsonObject, textOf} from '../json/json-values.js';
import {View} from '../json/view.js';
import type {LoggedCall} from '../layouts/layout-reading.js';
import {tokensOf} from '../records/counts.js';
import type {Call} from '../usage/call.js';
import {countsAnything, settle} from '../usage/counts.js';
import {emptyIdentitiesState, Identities} from '../usage/identities.js';
import {MessageStreams, type MessageStreamsState} from '../usage/message-streams.js';
import type {ReportedCalls} from '../usage/reported-calls.js';
import {callInRecord, recordsIn, type SpanCall} from '../usage/telemetry.js';
import type {Around} from '../wrappers/unwrap.js';
import {AddedSums, emptyAddedSumsState} from './added-sums.js';
import {runOf, tellsTurn} from './kinds.js';
import type {ReportedNames} from './reported-names.js';
import type {PageSum} from './usage-pages.js';
import {wordingOf, wordsOf} from './wording.js';

/** The state as plain data. */
type UsageCallsState = {
	readonly identities: typeof emptyIdentitiesState;
	readonly streams: MessageStreamsState;
	readonly sums: typeof emptyAddedSumsState | readonly Sum[];
};

/** The state before the first line; its values show the shape that a saved state must have. */
export const emptyUsageCallsState: UsageCallsState = {
	identities: emptyIdentitiesState,
	streams: [['', {}]],
	sums: emptyAddedSumsState,
};

/** Reads the calls of usage objects by any application. */
export class UsageCalls {
	readonly #context: FormatContext;
	readonly #tally: Tally;
	readonly #calls: ReportedCalls;
	readonly #told: ReportedNames;
	readonly #identities: Identities;
	readonly #streams: MessageStreams;
	/** By thread. */
	readonly #sums: AddedSums;
	#words: readonly string[] = [];
	#wording = () => '';

	/** @param told receives spans around calls, and sessions of agents */
	constructor(
		context: FormatContext,
		tally: Tally,
		calls: ReportedCalls,
		told: ReportedNames,
		state: UsageCallsState | undefined,
	) {
		this.#context = context;
		this.#tally = tally;
		this.#calls = calls;
		this.#told = told;
		this.#identities = new Identities(state?.identities);
		this.#streams = new MessageStreams(state?.streams);
		this.#sums = new AddedSums(state?.sums);
	}

	get state(): UsageCallsState {
		return {identities: this.#identities.state, streams: this.#streams.state, sums: this.sums};
	}

	/** Sums of runs. */
	get sums(): readonly Sum[] {
		return this.#sums.all;
	}

	/** To be called at the beginning of a file. */
	restart(): void {
		this.#identities.restart();
	}

	/** Adds calls that were read without decoding. */
	takeTold(calls: readonly LoggedCall[], around: Around): void {
		for (const told of innermost(calls)) {
			this.#call(told, around, this.#wordingOf(told.words));
		}
	}

	/** Caches the wording, because the lines of one writer have the same words. */
	#wordingOf(words: readonly string[]): () => string {
		if (words !== this.#words) {
			this.#words = words;
			let wording: string | undefined;
			this.#wording = () => {
				wording ??= wordingOf(words);
				return wording;
			};
		}
		return this.#wording;
	}

	/** @returns true if the object reports a call */
	take(value: JsonObject, around: Around): boolean {
		const found = recordsIn(value).flatMap(record => callInRecord(record, this.#context.localTime) ?? []);
		const [only] = found;
		const completed = this.#streams.completed(value, around.stream, only?.call);
		if (completed) {
			this.#calls.tell(completed.call, {identity: completed.identity, time: completed.call.time ?? around.time});
			return true;
		}
		for (const spanCall of innermost(found)) {
			this.#inObject(spanCall, value, around);
		}
		return found.length > 0;
	}

	#inObject(spanCall: SpanCall, value: JsonObject, around: Around): void {
		const {call} = spanCall;
		const run = runOf(value);
		const session = textOf(value.session_id) ?? '';
		if (run && isCounted(call, around) && this.#told.has(session)) {
			this.#tally.repeats++;
			return;
		}
		const isTurn = tellsTurn(value);
		if (((call.summed ?? 1) > 1 || isTurn) && isCounted(call, around)) {
			this.#sum(call, around, isTurn);
			return;
		}
		const told = run ? {...call, ...run, counts: {...call.counts, incomplete: true}} : call;
		const id = this.#call({...spanCall, call: told}, around, () => wordingOf(wordsOf(told, new View(value))));
		if (id !== undefined) {
			this.#streams.began(value, around.stream, told, id);
			if (value.type === 'assistant') {
				this.#told.add(session);
			}
		}
	}

	/**
	 * Adds a usage that sums up several calls.
	 * @param isTotal true if it also includes what was reported of its thread before
	 */
	#sum(call: Call, around: Around, isTotal: boolean): void {
		const {model, provider, thread, summed} = call;
		const time = call.time ?? around.time ?? 0;
		const usage = settle(call.counts, {model, provider, time, promptTokens: this.#context.promptTokens});
		const identity = this.#identities.identify(call, usage, call.stamp || around.stamp);
		this.#tally[this.#told.has(identity) ? 'repeats' : 'outcomes']++;
		if (!this.#told.has(identity)) {
			this.#told.add(identity);
			const sum = {id: thread ?? '', thread, requests: summed, tokens: tokensOf(usage)};
			if (isTotal && thread !== undefined) {
				this.#sums.replace(sum);
			} else {
				this.#sums.add(sum);
			}
		}
	}

	/** Adds the sums in a page of a usage API. */
	takePage(page: readonly PageSum[]): void {
		for (const {identity, sum} of page) {
			const isRepeat = this.#told.has(identity);
			this.#tally[isRepeat ? 'repeats' : 'outcomes']++;
			if (!isRepeat) {
				this.#told.add(identity);
				this.#sums.add(sum);
			}
		}
	}

	/** @returns the identity of the call; undefined if it is not counted */
	#call({call, span, parent}: SpanCall, around: Around, wording: () => string): string | undefined {
		if (!isCounted(call, around)) {
			this.#tally[call.failed && !isUntold(call, around) ? 'calls' : 'lookAlikes']++;
			return undefined;
		}
		if (this.#told.has(span)) {
			this.#tally.repeats++;
			return undefined;
		}
		this.#told.add(parent);
		const time = call.time ?? around.time;
		const {model, provider} = call;
		const usage = settle(call.counts, {model, provider, time: time ?? 0, promptTokens: this.#context.promptTokens});
		const identity = this.#identities.identify(call, usage, call.stamp || around.stamp);
		this.#calls.tell(call, {identity, time, usage: time === undefined ? undefined : usage, wording});
		return identity;
	}
}

/** Of nested spans only the inner one counts, because two libraries may observe the same call. */
const innermost = <Found extends SpanCall>(found: readonly Found[]): readonly Found[] => {
	const [only] = found;
	if (only && found.length === 1 && (only.span === '' || only.span !== only.parent)) {
		return found;
	}
	const parents = new Set(found.map(({parent}) => parent));
	return found.filter(({span}) => span === '' || !parents.has(span));
};

/** True for an entry of a list with neither a time nor an id: it is a part of a sum. */
const isUntold = (call: Call, {inList}: Around): boolean =>
	inList && call.time === undefined && call.id === undefined && call.request === undefined;

/** True if a call counts; the zeros of a failed one do not. */
export const isCounted = (call: Call, around: Around): boolean =>
	!isUntold(call, around) && !(call.failed && !countsAnything(call.counts));
