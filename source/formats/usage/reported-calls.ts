import type {Request, Usage} from '../../request.js';
import {boundName, boundNames} from '../../text/bound-names.js';
import type {FormatContext, Tally} from '../format.js';
import {agentOf, isApart, iterationsOf, type Step} from '../records/steps.js';
import {RecentMap} from '../state/recent-map.js';
import {LineClock} from '../times/line-clock.js';
import type {Call} from './call.js';
import {settle} from './counts.js';
import {merged, type Repeat, RepeatedCalls, type RepeatedCallsState} from './repeated-calls.js';

/** A call as one line of a log tells it, whatever the line's format. */
type ReportedCall = Pick<Call, 'counts' | 'thread' | 'project' | 'model'> &
	Partial<Pick<Call, 'start' | 'agent' | 'provider' | 'client' | 'settings' | 'priceFactors' | 'request' | 'steps'>> & {
		/** The provider's id, or another that only this call has. */
		readonly id?: string | undefined;
		readonly events?: Request['events'];
	};

/** Under which identity a call is told, when, and by whom. */
type CallContext = {
	readonly identity: string;
	/** Epoch milliseconds, where the line or what is around it tells it. */
	readonly time: number | undefined;
	/** Where it was settled before. */
	readonly usage?: Usage | undefined;
	/**
	 * Which logger told it in which words; lines of one wording are each a call, those of different wordings may be one
	 * call. Undefined where it is known that nobody else tells it. Asked for only when it matters.
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
 * So many ids are remembered at a time, so that a response told twice is counted as one: further apart it is one
 * request all the same, and only the tally has it twice.
 */
const mostSeen = 100;

/** Hands on the calls that lines tell whole, each as a request; a line without a time has that of the line before. */
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

	/** The time of a line: its own, else that of the line before. */
	timeOf(time: number | undefined): number {
		return this.#clock.advance(time);
	}

	tell(call: ReportedCall, telling: CallContext): void {
		const {identity, time, wording} = telling;
		const own = this.#request(call, telling, this.#clock.advance(time));
		const {steps} = call;
		const request = boundNames(steps ? withSteps(own, steps) : own);
		const again: Repeat = {request, ownId: call.id !== undefined, name: boundName(call.request), wording};
		// A line without a time may be of any.
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
		// All of one shape, which what reads them is the faster for.
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

/** A request whose answer reports several calls: the fallback that served it, a compaction before it, what it sums. */
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

/** A call of its own that an answer reports beside its own: of an advisor, a compaction, a model that refused. */
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
