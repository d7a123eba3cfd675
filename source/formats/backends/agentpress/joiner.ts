import type {Request} from '../../../request.js';
import type {FormatContext, Tally} from '../../format.js';
import {beginAnew, type Conversation, noteChange, type OpenCall, openCalls} from './conversations/conversation.js';
import {Conversations} from './conversations/conversations.js';
import type {AgentPressEvent} from './events.js';
import {hasFraction, type Moment} from './moment.js';
import type {Outcome} from './outcome.js';
import {Outcomes} from './outcomes.js';
import {addPlanLine} from './plan-group.js';
import {PlanPasses} from './plan-passes.js';
import {Requests} from './requests.js';
import type {Saved} from './saved.js';
import {SeenLines} from './seen/seen-lines.js';

/** Maximum number of concurrent calls without any context. */
const mostWaiting = 50;

type SavedJoiner = Pick<Saved, 'conversations' | 'identities' | 'responses' | 'lines' | 'planOnly' | 'showsCalls'>;

/** The context that a line names; `stream` is the process, if a wrapper names it. */
type Origin = {
	readonly stream: string;
	readonly thread: string | undefined;
	readonly run: string | undefined;
};

/** Joins the events of a log to requests, in the order of its lines. */
export class Joiner {
	readonly #context: FormatContext;
	readonly #tally: Tally;
	readonly #requests: Requests;
	readonly #conversations: Conversations;
	readonly #passes: PlanPasses;
	readonly #outcomes: Outcomes;
	readonly #lines: SeenLines;

	/** @param latestStamp returns the time, as written, for lines without one */
	constructor(context: FormatContext, tally: Tally, latestStamp: () => string, saved: SavedJoiner | undefined) {
		this.#context = context;
		this.#tally = tally;
		const requests = new Requests(context, latestStamp, saved?.identities);
		const passes = new PlanPasses(context, tally, requests, saved);
		const conversations = new Conversations(conversation => this.#forget(conversation), saved?.conversations);
		this.#requests = requests;
		this.#passes = passes;
		this.#conversations = conversations;
		this.#outcomes = new Outcomes(context, tally, {requests, passes, conversations}, saved?.responses);
		this.#lines = new SeenLines(saved?.lines);
	}

	save(): SavedJoiner {
		const isOpen = (conversation: Conversation): boolean =>
			openCalls(conversation).length > 0 || (!this.#passes.showsCalls && conversation.group !== undefined);
		return {
			conversations: this.#conversations.save(isOpen),
			identities: this.#requests.save(),
			responses: this.#outcomes.save(),
			lines: this.#lines.save(),
			...this.#passes.save(),
		};
	}

	/** Requests as of now: calls whose outcome has not come yet, and plans of a log without calls. */
	provisional(): readonly Request[] {
		const open: Request[] = [];
		for (const conversation of this.#conversations.all()) {
			for (const call of openCalls(conversation)) {
				open.push(this.#requests.unmeasured(conversation, call, 'open'));
			}
			if (!this.#passes.showsCalls && conversation.group) {
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
					this.#passes.ended(conversation, ended);
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
				this.#outcomes.take(conversation, event.outcome, at);
				break;
		}
	}

	/**
	 * True if a line was read before, for example by a follower that reconnected, or from overlapping dumps. Within a
	 * thread, no two lines have the same microsecond. The lines before it in its stretch were read before as well.
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

	/** Nothing more is expected of a conversation: what is open counts as it is. */
	#forget(conversation: Conversation): void {
		for (const call of openCalls(conversation)) {
			this.#context.onRequest(this.#requests.unmeasured(conversation, call, 'ended'));
		}
		if (conversation.group) {
			this.#passes.ended(conversation, conversation.group);
		}
	}

	#call(conversation: Conversation, model: string, at: Moment): void {
		this.#passes.seenCall();
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

	/** Another call came first: within a thread the earlier one has failed; without a thread both may be running. */
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
}
