import type {Request, Usage} from '../../request.js';
import {boundName} from '../../text/names.js';
import {parseStamp} from '../../time/stamp.js';
import {emptyTally, type Format, type FormatContext, type FormatSession, type Tally} from '../format.js';
import {looksLike} from '../json/json-line.js';
import {LineClock} from '../line-clock.js';
import {RecentMap} from '../recent-map.js';
import {isLike} from '../saved-state.js';
import {emptyThreadEvents, ThreadEvents} from '../thread-events.js';
import {eachObject} from '../transcript-lines.js';
import {noteAnswer, noteCall, noteLine, settingsNow} from './events.js';
import {
	agentId,
	cwd,
	forkedFrom,
	input,
	isApiErrorMessage,
	isSidechain,
	messageId,
	missReasonNow,
	model,
	output,
	read,
	requestId,
	sessionId,
	skimmer,
	subtype,
	threadNow,
	timestamp,
	type,
	usage,
	uuid,
	version,
	written,
	writtenFiveMinutes,
	writtenOneHour,
} from './line.js';

/**
 * So many messages are known at a time. The lines of one answer follow each other closely, but for those of agents that
 * run beside it. Of older ones a copy in the same log is told again, which changes what is kept of them only where the
 * copy differs.
 */
const mostKnown = 32;
/** Threads that were compacted and then left. */
const mostRebuilt = 32;

/** What the line tells that was skimmed last. */
const usageOf = (): Usage => ({
	uncached: input.count,
	cacheRead: read.count,
	// Versions and gateways that do not tell lifetimes apart know 5 minutes only.
	cacheWrite5m: Math.max(writtenFiveMinutes.count, written.count - writtenOneHour.count),
	cacheWrite1h: writtenOneHour.count,
	output: output.count,
	accuracy: 'exact',
});

const isZero = ({uncached, cacheRead, cacheWrite5m, cacheWrite1h, output}: Usage): boolean =>
	uncached + cacheRead + cacheWrite5m + cacheWrite1h + output === 0;

/** What the first line of an answer tells of its request, with the lines before it. */
type Call = Pick<Request, 'start' | 'settings' | 'events'>;

/** What was told of a message so far; the reason is the empty text where there is none. */
type Known = readonly [output: number, replica: boolean, rebuilt: boolean, missReason: string, call: Call];

const emptyState = () => ({
	version: 2,
	tally: emptyTally(),
	time: 0,
	known: [['', [0, false, false, '', {}]]] as readonly (readonly [string, Known])[],
	rebuilt: [''] as readonly string[],
	events: emptyThreadEvents,
});

class ClaudeCodeSession implements FormatSession {
	readonly tally: Tally;
	readonly #context: FormatContext;
	readonly #known: RecentMap<Known>;
	/** Threads whose context was compacted since their last request. */
	readonly #rebuilt: RecentMap<true>;
	readonly #events: ThreadEvents;
	readonly #clock: LineClock;

	constructor(context: FormatContext, saved: unknown) {
		const state = isLike(saved, emptyState()) && saved.version === 2 ? saved : undefined;
		this.tally = {...(state?.tally ?? emptyTally())};
		this.#context = context;
		this.#known = new RecentMap(mostKnown, state?.known);
		this.#rebuilt = new RecentMap(
			mostRebuilt,
			state?.rebuilt.map(thread => [thread, true]),
		);
		this.#events = new ThreadEvents(state?.events);
		this.#clock = new LineClock(context, this.tally, state?.time);
	}

	lines(bytes: Buffer): void {
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
			known: this.#known.entries(),
			rebuilt: this.#rebuilt.entries().map(([thread]) => thread),
			events: this.#events.entries(),
		};
	}

	readonly #object = (): void => {
		const thread = boundName(threadNow()) ?? '';
		if (type.text === 'assistant') {
			if (usage.isObject) {
				this.tally.candidates++;
				this.#answer(thread);
				noteAnswer(this.#events, thread);
			}
			return;
		}
		const isCompacted = subtype.text === 'compact_boundary' || subtype.text === 'microcompact_boundary';
		if (type.text === 'system' && isCompacted) {
			this.tally.candidates++;
			this.#rebuilt.set(thread, true);
		}
		noteLine(this.#events, thread);
		if (type.text === 'user') {
			const time = parseStamp(timestamp.text ?? '', this.#context.localTime);
			if (time !== undefined) {
				this.#events.input(thread, time);
			}
		}
	};

	/** What a parent's progress lines repeat of its sub-agents stands in the sub-agents' own files and is left to them. */
	#answer(thread: string): void {
		const counted = usageOf();
		const name = boundName(messageId.text ?? requestId.text ?? uuid.text);
		// The application itself wrote it in a model's name, or it tells an API error: no call that was counted.
		const isCall = model.text !== '<synthetic>' && !(isApiErrorMessage.isTrue && isZero(counted));
		if (name === undefined || !isCall) {
			this.tally.lookAlikes++;
			return;
		}
		const asked = this.#events.takeInput(thread);
		const before = this.#known.get(name);
		if (before) {
			this.tally.repeats++;
		} else {
			this.tally.outcomes++;
			if (agentId.text?.startsWith('acompact')) {
				this.#rebuilt.set(boundName(sessionId.text) ?? '', true);
			}
		}
		const [outputBefore = 0, replicaBefore = true, rebuiltBefore, reasonBefore = '', callBefore] = before ?? [];
		// It may be a copy whose original stands in another file: side questions and forks replay their parent's
		// messages under the same message id.
		const isReplica = isSidechain.isTrue || forkedFrom.isObject;
		// An answer has a line for each of its blocks; the output they tell only grows, its last line has all of it.
		const outputNow = Math.max(counted.output, outputBefore);
		const replica = isReplica && replicaBefore;
		const reason = boundName(missReasonNow()) || reasonBefore;
		const adds =
			!before ||
			(replicaBefore && !replica) ||
			(replicaBefore === isReplica && (outputNow > outputBefore || reason !== reasonBefore));
		if (!adds) {
			return;
		}
		const rebuilt = rebuiltBefore ?? this.#rebuilt.delete(thread);
		const time = this.#clock.read(timestamp.text);
		const call = callBefore ?? this.#call(thread, asked, time);
		this.#known.set(name, [outputNow, replica, rebuilt, reason, call]);
		this.#context.onRequest({
			id: `claude-code:${name}`,
			time,
			thread: thread || undefined,
			project: cwd.text,
			source: this.#context.source,
			host: undefined,
			model: model.text,
			plan: undefined,
			usage: {...counted, output: outputNow},
			missReason: reason || undefined,
			...(version.text !== undefined && {client: `claude-code ${version.text}`}),
			...call,
			...(replica && {replica: true}),
			rebuilt,
		});
	}

	#call(thread: string, asked: number | undefined, time: number): Call {
		noteCall(this.#events, thread);
		const settings = settingsNow(this.#events, thread);
		const events = this.#events.take(thread);
		return {
			...(asked !== undefined && asked <= time && {start: asked}),
			...(settings && {settings}),
			...(events && {events}),
		};
	}
}

/** Transcripts of Claude Code: `projects/<folder>/<session>.jsonl`, and those of its sub-agents below. */
export const claudeCode: Format = {
	name: 'claude-code',
	title: 'Claude Code transcript',
	recognise: head =>
		looksLike(head, line => {
			const isEntry = 'parentUuid' in line && typeof line.sessionId === 'string';
			const isNote = typeof line.leafUuid === 'string' || (typeof line.messageId === 'string' && 'snapshot' in line);
			return typeof line.type !== 'string' ? 'foreign' : isEntry || isNote ? 'own' : 'neutral';
		}),
	open: (context, saved) => new ClaudeCodeSession(context, saved),
};
