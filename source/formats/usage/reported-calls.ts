import type {Request, Usage} from '../../request.js';
import {boundName, boundNames} from '../../text/bound-names.js';
import type {FormatContext, Tally} from '../format.js';
import {agentOf, isApart, iterationsOf, type Step} from '../records/steps.js';
import {RecentMap} from '../state/recent-map.js';
import {LineClock} from '../times/line-clock.js';
import type {Call} from './call.js';
import {settle} from './counts.js';
import {merged, type Repeat, RepeatedCalls, type RepeatedCallsState} from './repeated-calls.js';

/** A call as reported by a line of a log, whatever its format. */
type ReportedCall = Pick<Call, 'counts' | 'thread' | 'project' | 'model'> &
	Partial<Pick<Call, 'start' | 'agent' | 'provider' | 'client' | 'settings' | 'priceFactors' | 'request' | 'steps'>> & {
		/** The provider's id, or another that is unique to the call. */
		readonly id?: string | undefined;
		readonly events?: Request['events'];
	};

/** The identity of a call, its time, and its logger. */
type CallContext = {
	readonly identity: string;
	/** Epoch milliseconds; undefined if neither the line nor its context has a time. */
	readonly time: number | undefined;
	/** The usage, if already determined. */
	readonly usage?: Usage | undefined;
	/**
	 * Identifies the logger and its wording. Lines with the same wording are separate calls; those with different
	 * wordings may be the same one. Undefined if no other line reports the call. Called only if it matters.
	 */
	readonly wording?: (() => string) | undefined;
};

/** What is known of the calls so far, as plain data. */
type ReportedCallsState = {
	readonly time: number;
	readonly seen: readonly string[];
	readonly twice: RepeatedCallsState;
};

/** The state before the first line; its values show the shape that a saved state must have. */
export const emptyReportedCallsState: ReportedCallsState = {time: 0, seen: [''], twice: [{}]};

/**
 * Maximum number of ids remembered, to count a repeated response only once. Repeats further apart are still one
 * request, but the tally has them twice.
 */
const mostSeen = 100;

/** Passes on complete calls as requests. A line without a time gets that of the previous line. */
export class ReportedCalls {
	readonly #context: FormatContext;
	readonly #tally: Tally;
	readonly #clock: LineClock;
	readonly #seen: RecentMap<true>;
	readonly #twice: RepeatedCalls;

	constructor(context: FormatContext, tally: Tally, state: ReportedCallsState | undefined) {
		this.#context = context;
		this.#tally = tally;
		this.#clock = new LineClock(context, tally, state?.time);
		this.#seen = new RecentMap(
			mostSeen,
			state?.seen.map(id => [id, true]),
		);
		this.#twice = new RepeatedCalls(state?.twice);
	}

	get state(): ReportedCallsState {
		return {time: this.#clock.last, seen: this.#seen.entries().map(([id]) => id), twice: this.#twice.state};
	}

	/** The time of a line, or that of the previous line. */
	timeOf(time: number | undefined): number {
		return this.#clock.advance(time);
	}

	tell(call: ReportedCall, telling: CallContext): void {
		const {identity, time, wording} = telling;
		const own = this.#request(call, telling, this.#clock.advance(time));
		const {steps} = call;
		const request = boundNames(steps ? withSteps(own, steps) : own);
		const again: Repeat = {request, ownId: boundName(call.id), name: boundName(call.request), wording};
		// A line without a time may have any.
		const known = this.#twice.withId(identity) ?? (time === undefined ? undefined : this.#twice.find(again));
		const told = known ? merged(known, request) : request;
		const isSeen = this.#seen.set(identity, true) ?? false;
		this.#tally[known || isSeen ? 'repeats' : 'outcomes']++;
		if (known) {
			this.#twice.noteAgain(again, told);
		} else {
			this.#twice.note(again);
		}
		this.#context.onRequest(told);
		for (const step of steps ?? []) {
			if (isApart(step, steps ?? [])) {
				this.#tally[this.#seen.set(`${identity}/${step.index}`, true) ? 'repeats' : 'outcomes']++;
				this.#context.onRequest(boundNames(ofStep(own, told.id, step)));
			}
		}
	}

	#request(call: ReportedCall, {identity, usage}: CallContext, time: number): Request {
		const {thread, project, model, counts, provider, start, agent, client, settings, priceFactors, events} = call;
		const {source, promptTokens} = this.#context;
		// Always the same shape, which is faster to read.
		return {
			id: identity,
			time,
			start: start !== undefined && start <= time ? start : undefined,
			thread,
			agent,
			project,
			source,
			host: undefined,
			model,
			provider,
			client,
			settings,
			priceFactors,
			events,
			plan: undefined,
			usage: usage ?? settle(counts, {model, provider, time, promptTokens}),
			missReason: undefined,
			rebuilt: false,
		};
	}
}

/**
 * A request whose answer reports several calls: a fallback that served it, a compaction before it, the calls that it
 * sums up.
 */
const withSteps = (request: Request, steps: readonly Step[]): Request => {
	const served = steps.find(({kind}) => kind === 'fallback_message');
	const iterations = iterationsOf(steps);
	return {
		...request,
		...(served && {model: served.model ?? request.model, usage: served.usage}),
		...(iterations && {iterations}),
		rebuilt: steps.some(({kind}) => kind === 'compaction'),
	};
};

/** A separate call that an answer reports: by an advisor, for a compaction, or to a model that refused. */
const ofStep = (
	{start: _, events: __, ...request}: Request,
	id: string,
	{index, kind, model, usage}: Step,
): Request => ({
	...request,
	id: `${id}/${index}`,
	agent: agentOf(kind, request.agent),
	model: model ?? request.model,
	usage,
});
