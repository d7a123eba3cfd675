import type {Request} from '../../../request.js';
import type {FormatContext, Tally} from '../../format.js';
import {
	beginAnew,
	type Conversation,
	noteChange,
	type OpenCall,
	type OpenOutcome,
	openCalls,
} from './conversations/conversation.js';
import {Conversations} from './conversations/conversations.js';
import type {AgentPressEvent} from './events.js';
import {hasFraction, type Moment} from './moment.js';
import type {Outcome} from './outcome.js';
import {agree, canComplete, complete, fill, repeats, tellsAnything} from './outcome-numbers.js';
import {addPlanLine, type PlanGroup} from './plan-group.js';
import {Requests} from './requests.js';
import type {Saved} from './saved.js';
import {SeenLines} from './seen/seen-lines.js';
import {SeenNames} from './seen/seen-names.js';

/** Calls without any context that may be under way at once. */
const mostWaiting = 50;

type SavedJoiner = Pick<Saved, 'conversations' | 'identities' | 'responses' | 'lines' | 'planOnly' | 'showsCalls'>;

/** What a line tells of where it belongs; `stream` is the process, where a wrapper names it. */
type Origin = {
	readonly stream: string;
	readonly thread: string | undefined;
	readonly run: string | undefined;
};

/** Joins the events of one log to requests, in the order of its lines. */
export class Joiner {
	readonly #context: FormatContext;
	readonly #tally: Tally;
	readonly #requests: Requests;
	readonly #conversations: Conversations;
	readonly #responses: SeenNames;
	readonly #lines: SeenLines;
	/** Passes of a log that has shown no call and no outcome so far: each is a request unless one comes. */
	#planOnly: number;
	#showsCalls: boolean;

	/** @param latestStamp the time, as written, that lines without one have */
	constructor(context: FormatContext, tally: Tally, latestStamp: () => string, saved: SavedJoiner | undefined) {
		this.#context = context;
		this.#tally = tally;
		this.#requests = new Requests(context, latestStamp, saved?.identities);
		this.#conversations = new Conversations(conversation => this.#forget(conversation), saved?.conversations);
		this.#responses = new SeenNames(saved?.responses);
		this.#lines = new SeenLines(saved?.lines);
		this.#planOnly = saved?.planOnly ?? 0;
		this.#showsCalls = saved?.showsCalls ?? false;
	}

	save(): SavedJoiner {
		const isOpen = (conversation: Conversation): boolean =>
			openCalls(conversation).length > 0 || (!this.#showsCalls && conversation.group !== undefined);
		return {
			conversations: this.#conversations.save(isOpen),
			identities: this.#requests.save(),
			responses: this.#responses.save(),
			lines: this.#lines.save(),
			planOnly: this.#planOnly,
			showsCalls: this.#showsCalls,
		};
	}

	/** Requests that count as things stand: calls whose outcome has not come, and plans of a log without calls. */
	provisional(): readonly Request[] {
		const open: Request[] = [];
		for (const conversation of this.#conversations.all()) {
			for (const call of openCalls(conversation)) {
				open.push(this.#requests.unmeasured(conversation, call, 'open'));
			}
			if (!this.#showsCalls && conversation.group) {
				open.push(this.#requests.planned(conversation, conversation.group, 'open'));
			}
		}
		return open;
	}

	event(event: AgentPressEvent, at: Moment, {stream, thread: named, run}: Origin): void {
		const thread = named ?? ('thread' in event ? event.thread : undefined);
		const conversation = this.#conversations.find(stream, thread, run, event.kind === 'outcome', at.time);
		const told = event.kind === 'call' ? event.model : event.kind === 'outcome' ? event.outcome : undefined;
		if (told !== undefined && this.#isReadAgain(conversation, at, told)) {
			return;
		}
		switch (event.kind) {
			case 'whole':
				if (conversation.group) {
					conversation.group.whole = true;
				}
				break;
			case 'plan-step':
			case 'block':
			case 'reused':
			case 'skipped':
			case 'unsupported': {
				this.#tally.plans++;
				if (event.kind === 'plan-step' && event.change) {
					noteChange(conversation, event.change);
				}
				const ended = addPlanLine(conversation, event, at);
				if (ended) {
					this.#passEnded(conversation, ended);
				}
				break;
			}
			case 'rebuilt':
				conversation.rebuilt = true;
				noteChange(conversation, {kind: 'rebuilding', detail: event.reason});
				break;
			case 'change':
				noteChange(conversation, event.change);
				break;
			case 'model':
				conversation.model = event.model;
				break;
			case 'response':
				conversation.responseId = event.id;
				break;
			case 'call':
				this.#call(conversation, event.model, at);
				break;
			case 'outcome':
				if (event.outcome.wording === 'repeat') {
					this.#tally.repeats++;
					conversation.hint = event.outcome;
				} else if (event.outcome.wording === 'batch-writer') {
					this.#flushed(conversation, event.outcome);
				} else {
					this.#outcome(conversation, event.outcome, at);
				}
				break;
		}
	}

	/**
	 * Whether a line was read before: a follower that connected again, dumps of a log that overlap. In one thread no two
	 * lines have the same microsecond. What stood before it in its stretch was read before as well.
	 * @param told the model of a call, or an outcome
	 */
	#isReadAgain(conversation: Conversation, at: Moment, told: string | Outcome): boolean {
		const owner = conversation.thread ?? conversation.run;
		if (owner === undefined || !hasFraction(at) || !this.#lines.isKnown(owner, at, told)) {
			return false;
		}
		this.#tally.repeats++;
		conversation.responseId = undefined;
		beginAnew(conversation);
		return true;
	}

	/** A pass was followed by another: a request of its own in a log without calls, else a dry run. */
	#passEnded(conversation: Conversation, group: PlanGroup): void {
		if (this.#showsCalls) {
			this.#tally.dryRuns++;
		} else {
			this.#planOnly++;
			this.#context.onRequest(this.#requests.planned(conversation, group, 'ended'));
		}
	}

	/** Nothing more is expected of a conversation: what is open of it counts as it stands. */
	#forget(conversation: Conversation): void {
		for (const call of openCalls(conversation)) {
			this.#context.onRequest(this.#requests.unmeasured(conversation, call, 'ended'));
		}
		if (conversation.group) {
			this.#passEnded(conversation, conversation.group);
		}
	}

	/** The first sign that this log shows calls: what had counted as plan-only requests were dry runs. */
	#seenCall(): void {
		if (this.#showsCalls) {
			return;
		}
		this.#showsCalls = true;
		if (this.#planOnly > 0) {
			this.#tally.dryRuns += this.#planOnly;
			this.#planOnly = 0;
			this.#context.onRetract();
		}
	}

	#call(conversation: Conversation, model: string, at: Moment): void {
		this.#seenCall();
		this.#tally.calls++;
		if (conversation.call) {
			this.#superseded(conversation, conversation.call);
		}
		conversation.call = {
			model,
			at,
			group: conversation.group,
			rebuilt: conversation.rebuilt,
			events: conversation.events,
		};
		conversation.model = model;
		beginAnew(conversation);
	}

	/** Another call came first: in one thread the former has failed, without a thread both may be under way. */
	#superseded(conversation: Conversation, call: OpenCall): void {
		if (conversation.thread !== undefined || conversation.run !== undefined) {
			this.#context.onRequest(this.#requests.unmeasured(conversation, call, 'ended'));
			return;
		}
		conversation.waiting.push(call);
		if (conversation.waiting.length > mostWaiting) {
			this.#context.onRequest(
				this.#requests.unmeasured(conversation, conversation.waiting.shift() as OpenCall, 'ended'),
			);
		}
	}

	/** A background flush tells the usage once more, late and often without context. */
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
			// The backend logs zeros where the provider sent no usage: nothing was measured.
			this.#tally.lookAlikes++;
			return;
		}
		this.#seenCall();
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
		if (conversation.waiting.shift() === undefined) {
			conversation.call = undefined;
		}
		beginAnew(conversation);
		this.#context.onRequest(this.#requests.measured(conversation, open));
	}

	/** Whether the line tells the open request's usage once more; what it adds is taken over. */
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
