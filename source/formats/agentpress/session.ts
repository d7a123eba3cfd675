import type {Request} from '../../request.js';
import {eachNominated} from '../candidates.js';
import {emptyTally, type FormatContext, type FormatSession, type Tally} from '../format.js';
import {type LogRecord, parseTail} from '../log-record.js';
import {toUsage} from '../prompt-tokens.js';
import {parseStamp} from '../stamp.js';
import {Unwrapper} from '../unwrap.js';
import {
	addPlanLine,
	agree,
	type Conversation,
	fill,
	type Moment,
	numberKeys,
	type OpenCall,
	type OpenOutcome,
	type PlanGroup,
	toPlan,
} from './conversation.js';
import {Conversations} from './conversations.js';
import {type AgentPressEvent, parseEvent} from './events.js';
import {Identities} from './identities.js';
import {nominates} from './nominate.js';
import type {Outcome} from './outcome.js';
import {type Stamped, stampBefore} from './stamp-before.js';

/** Response ids remembered, so that one billed twice counts once. */
const rememberedResponses = 20_000;

/** Calls without any context that may be under way at once. */
const mostWaiting = 50;

/** Reads one log of an AgentPress backend. */
export class AgentPressSession implements FormatSession {
	readonly tally: Tally = emptyTally();
	readonly #context: FormatContext;
	readonly #unwrapper = new Unwrapper();
	readonly #conversations = new Conversations(conversation => this.#forget(conversation));
	readonly #responses = new Set<string>();
	/** Ids of the passes of a log that has shown no call and no outcome so far: each is a request unless one comes. */
	#planOnly: string[] = [];
	#showsCalls = false;
	#wantNext = false;
	/** The time of the latest line that had one. Parsed only when it is needed: most lines say nothing. */
	#latest: Stamped = {stamp: ''};
	#lastGood: number;
	readonly #identities = new Identities();

	constructor(context: FormatContext) {
		this.#context = context;
		this.#lastGood = context.fallbackTime;
	}

	lines(bytes: Buffer): void {
		this.#wantNext = eachNominated(
			bytes,
			nominates,
			(buffer, start, end) => {
				this.#line(buffer.toString('utf8', start, end), () => stampBefore(buffer, start));
				return this.#unwrapper.waiting;
			},
			this.#wantNext,
		);
	}

	provisional(): readonly Request[] {
		const open: Request[] = [];
		for (const conversation of this.#conversations.all()) {
			for (const call of [...conversation.waiting, ...(conversation.call ? [conversation.call] : [])]) {
				open.push(this.#unmeasured(conversation, call, 'open'));
			}
			if (!this.#showsCalls && conversation.group) {
				open.push(this.#planned(conversation, conversation.group, 'open'));
			}
		}
		return open;
	}

	/** @param before finds the time of the nearest line before it that has one */
	#line(line: string, before: () => Stamped | undefined): void {
		this.tally.candidates++;
		const unwrapped = this.#unwrapper.unwrap(line);
		if (unwrapped.kind === 'partial') {
			return;
		}
		if (unwrapped.kind === 'nothing') {
			if (unwrapped.why === 'broken-json') {
				this.tally.brokenJson++;
			} else if (unwrapped.why === 'without-message') {
				this.tally.withoutMessage++;
			} else {
				this.tally.lookAlikes++;
			}
			return;
		}
		const {record, stream} = unwrapped;
		if (record.stamp !== '') {
			this.#latest = record;
		}
		const parsed = parseEvent(record.text);
		const fields = parsed && contextOf(record, parsed.tail);
		if (!parsed || !fields) {
			this.tally.lookAlikes++;
			return;
		}
		if (record.stamp === '') {
			this.tally.untimed++;
			this.#latest = before() ?? this.#latest;
		}
		this.#event(parsed.event, {time: this.#timeNow(), stamp: record.stamp}, stream, fields);
	}

	#timeNow(): number {
		const {time, stamp} = this.#latest;
		this.#lastGood = time ?? parseStamp(stamp, this.#context.localTime) ?? this.#lastGood;
		return this.#lastGood;
	}

	#event(event: AgentPressEvent, at: Moment, stream: string, fields: Fields): void {
		const thread = fields.thread ?? ('thread' in event ? event.thread : undefined);
		const conversation = this.#conversations.find(stream, thread, fields.run, event.kind === 'outcome');
		switch (event.kind) {
			case 'plan-step':
			case 'block':
			case 'reused':
			case 'skipped':
			case 'unsupported': {
				this.tally.plans++;
				const ended = addPlanLine(conversation, event, at);
				if (ended) {
					this.#passEnded(conversation, ended);
				}
				break;
			}
			case 'rebuilt':
				conversation.rebuilt = true;
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
					this.tally.repeats++;
					conversation.hint = event.outcome;
				} else if (event.outcome.wording === 'batch-writer') {
					this.#flushed(conversation, event.outcome);
				} else {
					this.#outcome(conversation, event.outcome, at);
				}
				break;
		}
	}

	/** A pass was followed by another: a request of its own in a log without calls, else a dry run. */
	#passEnded(conversation: Conversation, group: PlanGroup): void {
		if (this.#showsCalls) {
			this.tally.dryRuns++;
		} else {
			const request = this.#planned(conversation, group, 'ended');
			this.#planOnly.push(request.id);
			this.#context.onRequest(request);
		}
	}

	/** Nothing more is expected of a conversation: what is open of it counts as it stands. */
	#forget(conversation: Conversation): void {
		for (const call of [...conversation.waiting, ...(conversation.call ? [conversation.call] : [])]) {
			this.#context.onRequest(this.#unmeasured(conversation, call, 'ended'));
		}
		if (conversation.group) {
			this.#passEnded(conversation, conversation.group);
		}
	}

	/** The first sign that this log shows calls: what had counted as plan-only requests were dry runs. */
	#seenCall(): void {
		if (!this.#showsCalls) {
			this.#showsCalls = true;
			this.tally.dryRuns += this.#planOnly.length;
			this.#context.onRetract(this.#planOnly);
			this.#planOnly = [];
		}
	}

	#call(conversation: Conversation, model: string, at: Moment): void {
		this.#seenCall();
		this.tally.calls++;
		if (conversation.call) {
			this.#superseded(conversation, conversation.call);
		}
		conversation.call = {model, at, group: conversation.group, rebuilt: conversation.rebuilt};
		conversation.model = model;
		conversation.group = undefined;
		conversation.rebuilt = false;
		conversation.hint = undefined;
	}

	/** Another call came first: in one thread the former has failed, without a thread both may be under way. */
	#superseded(conversation: Conversation, call: OpenCall): void {
		if (conversation.thread !== undefined || conversation.run !== undefined) {
			this.#context.onRequest(this.#unmeasured(conversation, call, 'ended'));
			return;
		}
		conversation.waiting.push(call);
		if (conversation.waiting.length > mostWaiting) {
			this.#context.onRequest(this.#unmeasured(conversation, conversation.waiting.shift() as OpenCall, 'ended'));
		}
	}

	/** A background flush tells the usage once more, late and often without context. */
	#flushed(conversation: Conversation, outcome: Outcome): void {
		this.tally.repeats++;
		for (const candidate of [conversation, ...this.#conversations.all()]) {
			const open = candidate.outcome;
			if (
				open &&
				numberKeys.every(
					key => open.numbers[key] === undefined || outcome[key] === undefined || open.numbers[key] === outcome[key],
				)
			) {
				if (open.model === undefined) {
					open.model = outcome.model;
					this.#context.onRequest(this.#measured(candidate, open));
				}
				return;
			}
		}
	}

	#outcome(conversation: Conversation, outcome: Outcome, at: Moment): void {
		if (!numberKeys.some(key => (outcome[key] ?? 0) > 0)) {
			// The backend logs zeros where the provider sent no usage: nothing was measured.
			this.tally.lookAlikes++;
			return;
		}
		this.#seenCall();
		const current = conversation.outcome;
		if (current && !conversation.call && !conversation.group && this.#completes(conversation, current, outcome)) {
			this.tally.repeats++;
			return;
		}
		const {responseId} = conversation;
		const call = conversation.waiting[0] ?? conversation.call;
		conversation.responseId = undefined;
		if (responseId !== undefined && this.#responses.has(responseId)) {
			this.tally.repeats++;
			return;
		}
		this.tally.outcomes++;
		this.#remember(responseId);
		const hint = conversation.hint;
		const group = call ? call.group : conversation.group;
		const numbers = hint && agree(outcome, hint) ? fill(outcome, hint) : outcome;
		const open: OpenOutcome = {
			id:
				responseId === undefined
					? this.#identities.name(conversation, this.#instantOf(at), [
							outcome.wording,
							outcome.prompt,
							outcome.read,
							outcome.write,
							outcome.total,
						])
					: `agentpress:${responseId}`,
			at,
			group,
			rebuilt: call?.rebuilt ?? conversation.rebuilt,
			model: call?.model ?? outcome.model ?? conversation.model,
			numbers,
			wordings: new Set([outcome.wording]),
			responseId,
		};
		conversation.outcome = open;
		if (call && conversation.group) {
			this.tally.dryRuns++;
		}
		if (conversation.waiting.shift() === undefined) {
			conversation.call = undefined;
		}
		conversation.group = undefined;
		conversation.hint = undefined;
		conversation.rebuilt = false;
		this.#context.onRequest(this.#measured(conversation, open));
	}

	/** Whether the line tells the open request's usage once more; what it adds is taken over. */
	#completes(conversation: Conversation, current: OpenOutcome, outcome: Outcome): boolean {
		const {responseId} = conversation;
		const sameResponse = responseId !== undefined && responseId === current.responseId;
		const otherResponse = responseId !== undefined && current.responseId !== undefined && !sameResponse;
		if (!sameResponse && (otherResponse || current.wordings.has(outcome.wording) || !agree(current.numbers, outcome))) {
			return false;
		}
		current.wordings.add(outcome.wording);
		if (responseId !== undefined) {
			current.responseId = responseId;
			this.#remember(responseId);
			conversation.responseId = undefined;
		}
		const numbers = fill(current.numbers, outcome);
		const adds = (Object.keys(numbers) as (keyof Outcome)[]).some(key => numbers[key] !== current.numbers[key]);
		current.numbers = numbers;
		if (adds) {
			current.model ??= numbers.model;
			this.#context.onRequest(this.#measured(conversation, current));
		}
		return true;
	}

	#remember(responseId: string | undefined): void {
		if (responseId === undefined) {
			return;
		}
		this.#responses.add(responseId);
		if (this.#responses.size > rememberedResponses) {
			this.#responses.delete(this.#responses.values().next().value as string);
		}
	}

	#measured(conversation: Conversation, open: OpenOutcome): Request {
		return {
			...this.#base(conversation, open.id, open.at.time),
			model: open.model,
			plan: open.group && toPlan(open.group),
			usage: toUsage(open.numbers, {
				model: open.model,
				time: open.at.time,
				oneHour: open.group?.oneHour ?? false,
				accuracy: open.numbers.accuracy,
				promptTokens: this.#context.promptTokens,
			}),
			rebuilt: open.rebuilt,
		};
	}

	#unmeasured(conversation: Conversation, call: OpenCall, state: 'open' | 'ended'): Request {
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
		};
	}

	#planned(conversation: Conversation, group: PlanGroup, state: 'open' | 'ended'): Request {
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
		};
	}

	/** Lines without a time have that of the line before; a log without any has none that would be the same tomorrow. */
	#instantOf(at: Moment): string {
		return at.stamp || this.#latest.stamp || 'untimed';
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

type Fields = {readonly thread: string | undefined; readonly run: string | undefined};

const name = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** The context that ties lines together; undefined where the event goes on after its words, so is another one. */
const contextOf = (record: LogRecord, tail: string): Fields | undefined => {
	const fields = record.fields ?? parseTail(tail);
	if (!fields || (record.fields && tail.trim() !== '')) {
		return undefined;
	}
	return {thread: name(fields.thread_id), run: name(fields.agent_run_id)};
};
