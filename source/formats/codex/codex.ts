import type {Usage} from '../../request.js';
import {boundName} from '../../text/names.js';
import {parseStamp} from '../../time/stamp.js';
import {emptyTally, type Format, type FormatContext, type FormatSession, type Tally} from '../format.js';
import {asObject, looksLike} from '../json/json-line.js';
import {Member} from '../json/member.js';
import {ObjectSkimmer} from '../json/object-skimmer.js';
import {LineClock} from '../line-clock.js';
import {isLike} from '../saved-state.js';
import {emptyThreadEvents} from '../thread-events.js';
import {eachObject} from '../transcript-lines.js';
import {CodexEvents, emptyCodexContext, eventMembers} from './events.js';

const countMembers = () => ({
	input: new Member('input_tokens'),
	cached: new Member('cached_input_tokens'),
	written: new Member('cache_write_input_tokens'),
	writtenBriefly: new Member('cache_write_tokens'),
	output: new Member('output_tokens'),
	reasoning: new Member('reasoning_output_tokens'),
});

const totalMembers = countMembers();
const lastMembers = countMembers();
const totals = new Member('total_token_usage', {inside: Object.values(totalMembers)});
const last = new Member('last_token_usage', {inside: Object.values(lastMembers)});
const info = new Member('info', {inside: [totals, last]});
const kind = new Member('type');
const sessionId = new Member('id');
const parentId = new Member('forked_from_id');
const model = new Member('model');
const cwd = new Member('cwd');
const payload = new Member('payload', {inside: [kind, sessionId, parentId, model, cwd, info, ...eventMembers]});
const timestamp = new Member('timestamp');
const type = new Member('type', {
	among: ['session_meta', 'turn_context', 'compacted', 'event_msg', 'response_item', 'world_state'],
});

const skimmer = new ObjectSkimmer(
	[timestamp, type, payload],
	['token_count"', 'turn_context"', 'session_meta"', '"compacted"', 'context_compacted"'],
);

/** A fork writes its parent's history anew when it begins, under the time of that moment (milliseconds). */
const replayLasts = 5000;

/** Tokens as Codex counts them: the input holds what was read from and written to the cache, the output the reasoning. */
type Counts = {
	readonly input: number;
	readonly cached: number;
	readonly written: number;
	readonly output: number;
	readonly reasoning: number;
};

const none: Counts = {input: 0, cached: 0, written: 0, output: 0, reasoning: 0};
const fields = Object.keys(none) as (keyof Counts)[];

/** What the line that was skimmed last tells. */
const countsOf = (members: ReturnType<typeof countMembers>): Counts => ({
	input: members.input.count,
	cached: members.cached.count,
	written: (members.written.exists && !members.written.isNull ? members.written : members.writtenBriefly).count,
	output: members.output.count,
	reasoning: members.reasoning.count,
});

const areEqual = (one: Counts, other: Counts): boolean => fields.every(field => one[field] === other[field]);

/** What was added between two totals; all of the later one where the counting began anew. */
const difference = (total: Counts, before: Counts): Counts =>
	total.input < before.input || total.output < before.output
		? total
		: {
				input: total.input - before.input,
				cached: Math.max(0, total.cached - before.cached),
				written: Math.max(0, total.written - before.written),
				output: total.output - before.output,
				reasoning: Math.max(0, total.reasoning - before.reasoning),
			};

const toUsage = ({input, cached, written, output}: Counts): Usage => ({
	uncached: Math.max(0, input - cached - written),
	cacheRead: cached,
	cacheWrite5m: written,
	cacheWrite1h: 0,
	output,
	accuracy: 'exact',
});

/** What the lines so far say about those that follow; the empty text is what they do not say. */
type Rollout = {
	session: string;
	/** The session in which the counting began: a fork goes on with the totals of its parent. */
	root: string;
	forked: boolean;
	/** Epoch milliseconds of the first line. */
	opened: number;
	project: string;
	model: string;
	total: Counts;
	rebuilt: boolean;
};

const beginning = (): Rollout => ({
	session: '',
	root: '',
	forked: false,
	opened: 0,
	project: '',
	model: '',
	total: none,
	rebuilt: false,
});

const emptyState = () => ({
	version: 2,
	tally: emptyTally(),
	time: 0,
	rollout: beginning(),
	context: emptyCodexContext(),
	events: emptyThreadEvents,
});

class CodexSession implements FormatSession {
	readonly tally: Tally;
	readonly #context: FormatContext;
	#rollout: Rollout;
	#events: CodexEvents;
	readonly #clock: LineClock;

	constructor(context: FormatContext, saved: unknown) {
		const state = isLike(saved, emptyState()) && saved.version === 2 ? saved : undefined;
		this.tally = {...(state?.tally ?? emptyTally())};
		this.#context = context;
		this.#rollout = {...(state?.rollout ?? beginning())};
		this.#events = new CodexEvents(state?.context, state?.events);
		this.#clock = new LineClock(context, this.tally, state?.time);
	}

	lines(bytes: Buffer, head: boolean): void {
		if (head) {
			this.#rollout = beginning();
			this.#events = new CodexEvents();
		}
		eachObject(bytes, skimmer, this.tally, this.#object);
	}

	provisional(): readonly [] {
		return [];
	}

	save(): ReturnType<typeof emptyState> {
		return {
			version: 2,
			tally: {...this.tally},
			time: this.#clock.last,
			rollout: {...this.#rollout},
			context: {...this.#events.context},
			events: this.#events.entries(),
		};
	}

	readonly #object = (): void => {
		const rollout = this.#rollout;
		this.#events.line({
			type: type.text ?? '',
			kind: kind.text ?? '',
			time: parseStamp(timestamp.text ?? '', this.#context.localTime),
			model: model.text,
			cwd: cwd.text,
		});
		switch (payload.isObject && (type.text === 'event_msg' ? kind.text : type.text)) {
			case 'session_meta':
				this.tally.candidates++;
				this.#meta();
				break;
			case 'turn_context':
				this.tally.candidates++;
				rollout.model = boundName(model.text) ?? rollout.model;
				rollout.project ||= boundName(cwd.text) ?? '';
				break;
			case 'compacted':
			case 'context_compacted':
				this.tally.candidates++;
				rollout.rebuilt = true;
				break;
			case 'token_count':
				this.tally.candidates++;
				this.#count();
				break;
		}
	};

	/** The first one is the log's own; those that follow came with the history of the sessions it was forked from. */
	#meta(): void {
		const rollout = this.#rollout;
		const session = boundName(sessionId.text);
		const parent = boundName(parentId.text);
		if (rollout.session === '') {
			rollout.session = session ?? '';
			rollout.root = parent ?? session ?? '';
			rollout.forked = parent !== undefined;
			rollout.project = boundName(cwd.text) ?? '';
			rollout.opened = parseStamp(timestamp.text ?? '', this.#context.localTime) ?? 0;
			this.#events.meta(true, rollout.forked);
		} else if (session !== undefined && session !== rollout.session) {
			rollout.root = parent ?? session;
			this.#events.meta(false, !rollout.forked);
			rollout.forked = true;
		}
	}

	#count(): void {
		const rollout = this.#rollout;
		if (!totals.isObject) {
			// Without any, it is told before the first answer, for the limits of the subscription.
			this.tally.lookAlikes += info.isNull ? 0 : 1;
			return;
		}
		const total = countsOf(totalMembers);
		// Most events are written twice; a compaction writes one with the totals as they were.
		if (areEqual(total, rollout.total)) {
			this.tally.repeats++;
			return;
		}
		const counts = last.isObject ? countsOf(lastMembers) : difference(total, rollout.total);
		rollout.total = total;
		if (counts.input + counts.output === 0) {
			return;
		}
		this.tally.outcomes++;
		const time = this.#clock.read(timestamp.text);
		const isReplay = rollout.forked && time - rollout.opened < replayLasts;
		this.#context.onRequest({
			// Totals are what a copy of an event keeps: a fork gives it another time, and its log another session.
			id: `codex:${[rollout.root || this.#context.source, ...fields.map(field => total[field])].join(':')}`,
			time,
			thread: rollout.session || undefined,
			project: rollout.project || undefined,
			source: this.#context.source,
			host: undefined,
			model: rollout.model || undefined,
			plan: undefined,
			usage: toUsage(counts),
			missReason: undefined,
			...this.#events.call(time, isReplay),
			...(isReplay && {replica: true}),
			rebuilt: rollout.rebuilt,
		});
		rollout.rebuilt = false;
	}
}

const ownTypes = new Set<unknown>(['session_meta', 'turn_context', 'event_msg', 'response_item', 'compacted']);

/** Rollouts of Codex CLI: `sessions/YYYY/MM/DD/rollout-<time>-<session>.jsonl`. */
export const codex: Format = {
	name: 'codex',
	title: 'Codex CLI rollout',
	recognise: head =>
		looksLike(head, line =>
			typeof line.timestamp !== 'string' || !asObject(line.payload)
				? 'foreign'
				: ownTypes.has(line.type)
					? 'own'
					: 'neutral',
		),
	open: (context, saved) => new CodexSession(context, saved),
};
