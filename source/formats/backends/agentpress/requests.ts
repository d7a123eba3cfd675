import type {Request} from '../../../request.js';
import type {FormatContext} from '../../format.js';
import {toUsage} from '../../usage/prompt-tokens.js';
import type {Conversation, OpenCall, OpenOutcome} from './conversation.js';
import {Identities} from './identities.js';
import type {Moment} from './moment.js';
import type {Outcome} from './outcome.js';
import {type PlanGroup, toPlan} from './plan-group.js';
import type {SavedIdentities} from './saved.js';

/** Whether a request is complete, or told as it stands while lines of it may still come. */
export type RequestState = 'open' | 'ended';

/** Makes the requests of one log from what its lines told of a conversation. */
export class Requests {
	readonly #context: FormatContext;
	readonly #identities: Identities;
	readonly #latestStamp: () => string;

	/** @param latestStamp the time, as written, that lines without one have */
	constructor(context: FormatContext, latestStamp: () => string, saved?: SavedIdentities) {
		this.#context = context;
		this.#latestStamp = latestStamp;
		this.#identities = new Identities(saved);
	}

	save(): SavedIdentities {
		return this.#identities.save();
	}

	/** The identity of a request whose outcome was told at this moment. */
	identify(conversation: Conversation, outcome: Outcome, at: Moment, responseId: string | undefined): string {
		const {wording, prompt, read, write, total} = outcome;
		return responseId === undefined
			? this.#identities.name(conversation, this.#instantOf(at), [wording, prompt, read, write, total])
			: `agentpress:${responseId}`;
	}

	/** A request with its outcome. */
	measured(conversation: Conversation, open: OpenOutcome): Request {
		const {id, at, model, group, numbers, rebuilt, start, events} = open;
		return {
			...this.#base(conversation, id, at.time),
			model,
			plan: group && toPlan(group),
			usage: toUsage(numbers, {
				model,
				time: at.time,
				oneHour: group?.oneHour ?? false,
				accuracy: numbers.accuracy,
				promptTokens: this.#context.promptTokens,
			}),
			rebuilt,
			...sentOf(start, at.time),
			...eventsOf(events),
		};
	}

	/** A call without an outcome. */
	unmeasured(conversation: Conversation, call: OpenCall, state: RequestState): Request {
		const at = call.group?.last ?? call.at;
		return {
			...this.#base(
				conversation,
				this.#identities.name(conversation, this.#instantOf(at), ['call', call.model], state),
				at.time,
			),
			model: call.model,
			plan: call.group && toPlan(call.group),
			rebuilt: call.rebuilt,
			...eventsOf(call.events),
		};
	}

	/** A planning pass of a log that shows neither calls nor outcomes. */
	planned(conversation: Conversation, group: PlanGroup, state: RequestState): Request {
		const parts = ['plan', ...group.blocks.map(block => `${block.number}=${block.tokens}`)];
		return {
			...this.#base(
				conversation,
				this.#identities.name(conversation, this.#instantOf(group.last), parts, state),
				group.last.time,
			),
			model: conversation.model,
			plan: toPlan(group),
			rebuilt: conversation.rebuilt,
			planOnly: true,
		};
	}

	/** Lines without a time have that of the line before; a log without any has none that would be the same tomorrow. */
	#instantOf(at: Moment): string {
		return at.stamp || this.#latestStamp() || 'untimed';
	}

	#base(conversation: Conversation, id: string, time: number): Request {
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

const sentOf = (start: number | undefined, time: number): Pick<Request, 'start'> =>
	start !== undefined && start <= time ? {start} : {};

const eventsOf = (events: NonNullable<Request['events']>): Pick<Request, 'events'> =>
	events.length > 0 ? {events} : {};
