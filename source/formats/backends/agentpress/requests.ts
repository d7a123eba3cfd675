import type {Request} from '../../../request.js';
import type {FormatContext} from '../../format.js';
import {toUsage} from '../../usage/prompt-tokens.js';
import type {Conversation, OpenCall, OpenOutcome} from './conversations/conversation.js';
import {Identities} from './identities.js';
import type {Moment} from './moment.js';
import type {Outcome} from './outcome.js';
import {type PlanGroup, toPlan} from './plan-group.js';
import type {SavedIdentities} from './saved.js';

/** Whether a request is complete, or further lines may follow. */
type RequestState = 'open' | 'ended';

/** A request that is still being filled. */
type Unfinished = {-readonly [Key in keyof Request]: Request[Key]};

/** Makes the requests of a log from the state of its conversations. */
export class Requests {
	readonly #context: FormatContext;
	readonly #identities: Identities;
	readonly #latestStamp: () => string;

	/** @param latestStamp returns the time, as written, for lines without one */
	constructor(context: FormatContext, latestStamp: () => string, saved?: SavedIdentities) {
		this.#context = context;
		this.#latestStamp = latestStamp;
		this.#identities = new Identities(saved);
	}

	save(): SavedIdentities {
		return this.#identities.save();
	}

	/** The identity of a request whose outcome was logged at this moment. */
	identify(conversation: Conversation, outcome: Outcome, at: Moment, responseId: string | undefined): string {
		const {wording, prompt, read, write, total} = outcome;
		return responseId === undefined
			? this.#identities.name(conversation, this.#instantOf(at), [wording, prompt, read, write, total])
			: `agentpress:${responseId}`;
	}

	/** A request with its outcome. */
	measured(conversation: Conversation, open: OpenOutcome): Request {
		const {id, at, model, group, numbers, rebuilt, start, events} = open;
		const request = this.#base(conversation, id, at.time);
		request.model = model;
		request.plan = group && toPlan(group);
		request.usage = toUsage(numbers, {
			model,
			time: at.time,
			oneHour: group?.oneHour ?? false,
			accuracy: numbers.accuracy,
			promptTokens: this.#context.promptTokens,
		});
		request.rebuilt = rebuilt;
		if (start !== undefined && start <= at.time) {
			request.start = start;
		}
		if (events.length > 0) {
			request.events = events;
		}
		return request;
	}

	/** A call without an outcome. */
	unmeasured(conversation: Conversation, call: OpenCall, state: RequestState): Request {
		const {model, group, rebuilt, events} = call;
		const at = group?.last ?? call.at;
		const id = this.#identities.name(conversation, this.#instantOf(at), ['call', model], state);
		const request = this.#base(conversation, id, at.time);
		request.model = model;
		request.plan = group && toPlan(group);
		request.rebuilt = rebuilt;
		if (events.length > 0) {
			request.events = events;
		}
		return request;
	}

	/** A planning pass in a log without calls and outcomes. */
	planned(conversation: Conversation, group: PlanGroup, state: RequestState): Request {
		const parts = ['plan', ...group.blocks.map(block => `${block.number}=${block.tokens}`)];
		const id = this.#identities.name(conversation, this.#instantOf(group.last), parts, state);
		const request = this.#base(conversation, id, group.last.time);
		request.model = conversation.model;
		request.plan = toPlan(group);
		request.rebuilt = conversation.rebuilt;
		request.planOnly = true;
		return request;
	}

	/** Lines without a time get that of the line before; in a log without times, no time would be the same tomorrow. */
	#instantOf(at: Moment): string {
		return at.stamp || this.#latestStamp() || 'untimed';
	}

	/** An object to be filled before it is delivered: a second object per request would be too expensive. */
	#base(conversation: Conversation, id: string, time: number): Unfinished {
		return {
			id,
			time,
			thread: conversation.thread,
			project: undefined,
			source: this.#context.source,
			host: undefined,
			model: undefined,
			plan: undefined,
			usage: undefined,
			missReason: undefined,
			rebuilt: false,
		};
	}
}
