import type {FormatContext, Tally} from '../../format.js';
import {beginAnew, type Conversation, type OpenOutcome} from './conversations/conversation.js';
import type {Conversations} from './conversations/conversations.js';
import type {Moment} from './moment.js';
import type {Outcome} from './outcome.js';
import {agree, canComplete, complete, fill, repeats, tellsAnything} from './outcome-numbers.js';
import type {PlanPasses} from './plan-passes.js';
import type {Requests} from './requests.js';
import {SeenNames} from './seen/seen-names.js';

/** The other participants in joining a log. */
type Parts = {readonly requests: Requests; readonly passes: PlanPasses; readonly conversations: Conversations};

/** Joins the outcome lines of a log to the calls before them: each is a new request, or repeats an outcome. */
export class Outcomes {
	readonly #context: FormatContext;
	readonly #tally: Tally;
	readonly #requests: Requests;
	readonly #passes: PlanPasses;
	readonly #conversations: Conversations;
	/** Ids of the responses that were billed. */
	readonly #responses: SeenNames;

	/** @param responses as returned by `save` earlier */
	constructor(
		context: FormatContext,
		tally: Tally,
		{requests, passes, conversations}: Parts,
		responses: readonly string[] | undefined,
	) {
		this.#context = context;
		this.#tally = tally;
		this.#requests = requests;
		this.#passes = passes;
		this.#conversations = conversations;
		this.#responses = new SeenNames(responses);
	}

	/** The latest ids of responses, for the next session. */
	save(): readonly string[] {
		return this.#responses.save();
	}

	take(conversation: Conversation, outcome: Outcome, at: Moment): void {
		if (outcome.wording === 'repeat') {
			this.#tally.repeats++;
			conversation.hint = outcome;
		} else if (outcome.wording === 'batch-writer') {
			this.#flushed(conversation, outcome);
		} else {
			this.#outcome(conversation, outcome, at);
		}
	}

	/** A background flush repeats the usage late, and often without context. */
	#flushed(conversation: Conversation, outcome: Outcome): void {
		this.#tally.repeats++;
		for (const candidate of [conversation, ...this.#conversations.all()]) {
			const open = candidate.outcome;
			if (open && repeats(open, outcome)) {
				if (open.model === undefined) {
					open.model = outcome.model;
					this.#context.onRequest(this.#requests.measured(candidate, open));
				}
				return;
			}
		}
	}

	#outcome(conversation: Conversation, outcome: Outcome, at: Moment): void {
		if (!tellsAnything(outcome)) {
			// The backend logs zeros if the provider sent no usage, so nothing was measured.
			this.#tally.lookAlikes++;
			return;
		}
		this.#passes.seenCall();
		const current = conversation.outcome;
		if (current && !conversation.call && !conversation.group && this.#completes(conversation, current, outcome)) {
			this.#tally.repeats++;
			return;
		}
		const {responseId} = conversation;
		const call = conversation.waiting[0] ?? conversation.call;
		conversation.responseId = undefined;
		if (responseId !== undefined) {
			if (this.#responses.has(responseId)) {
				this.#tally.repeats++;
				return;
			}
			this.#responses.add(responseId);
		}
		this.#tally.outcomes++;
		const hint = conversation.hint;
		const group = call ? call.group : conversation.group;
		const numbers = hint && agree(outcome, hint) ? fill(outcome, hint) : outcome;
		const open: OpenOutcome = {
			id: this.#requests.identify(conversation, outcome, at, responseId),
			at,
			group,
			rebuilt: call?.rebuilt ?? conversation.rebuilt,
			events: call?.events ?? conversation.events,
			start: call?.at.time,
			model: call?.model ?? outcome.model ?? conversation.model,
			numbers,
			wordings: [outcome.wording],
			responseId,
		};
		conversation.outcome = open;
		if (call && conversation.group) {
			this.#tally.dryRuns++;
		}
		if (conversation.waiting.length === 0) {
			conversation.call = undefined;
		} else {
			conversation.waiting.shift();
		}
		beginAnew(conversation);
		this.#context.onRequest(this.#requests.measured(conversation, open));
	}

	/** True if the line repeats the open request's usage, in which case its additional information is added. */
	#completes(conversation: Conversation, current: OpenOutcome, outcome: Outcome): boolean {
		const {responseId} = conversation;
		if (!canComplete(current, outcome, responseId)) {
			return false;
		}
		if (responseId !== undefined) {
			current.responseId = responseId;
			this.#responses.add(responseId);
			conversation.responseId = undefined;
		}
		if (complete(current, outcome)) {
			this.#context.onRequest(this.#requests.measured(conversation, current));
		}
		return true;
	}
}
