import type {Usage} from '../../request.js';
import {boundName} from '../../text/names.js';
import {emptyTally, type Format, type FormatContext, type FormatSession, type Tally} from '../format.js';
import {looksLike} from '../json/json-line.js';
import {Member} from '../json/member.js';
import {ObjectSkimmer} from '../json/object-skimmer.js';
import {LineClock} from '../line-clock.js';
import {RecentMap} from '../recent-map.js';
import {isLike} from '../saved-state.js';
import {eachObject} from '../transcript-lines.js';

const type = new Member('type', {among: ['assistant', 'system']});
const subtype = new Member('subtype');
const sessionId = new Member('sessionId');
const agentId = new Member('agentId');
const isSidechain = new Member('isSidechain');
const forkedFrom = new Member('forkedFrom');
const cwd = new Member('cwd');
const requestId = new Member('requestId');
const uuid = new Member('uuid');
const timestamp = new Member('timestamp');
const isApiErrorMessage = new Member('isApiErrorMessage');
const messageId = new Member('id');
const model = new Member('model');
const missType = new Member('type');
const missReason = new Member('cache_miss_reason', {inside: [missType]});
const input = new Member('input_tokens');
const output = new Member('output_tokens');
const read = new Member('cache_read_input_tokens');
const written = new Member('cache_creation_input_tokens');
const writtenFiveMinutes = new Member('ephemeral_5m_input_tokens');
const writtenOneHour = new Member('ephemeral_1h_input_tokens');
const lifetimes = new Member('cache_creation', {inside: [writtenFiveMinutes, writtenOneHour]});
const usage = new Member('usage', {inside: [input, output, read, written, lifetimes]});
const diagnostics = new Member('diagnostics', {inside: [missReason]});
const message = new Member('message', {inside: [messageId, model, usage, diagnostics]});

const skimmer = new ObjectSkimmer(
	[
		type,
		subtype,
		sessionId,
		agentId,
		isSidechain,
		forkedFrom,
		cwd,
		requestId,
		uuid,
		timestamp,
		isApiErrorMessage,
		message,
	],
	['_input_tokens"', 'compact_boundary"'],
);

/**
 * So many messages are known at a time. The lines of one answer follow each other closely, but for those of agents that
 * run beside it. Of older ones a copy in the same log is told again, which changes what is kept of them only where the
 * copy differs.
 */
const mostKnown = 32;
/** Threads that were compacted and then left. */
const mostRebuilt = 32;

/** Outcomes of the provider's comparison that name no cause (platform.claude.com, cache diagnostics). */
const inconclusive = new Set(['previous_message_not_found', 'unavailable']);

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

const missReasonNow = (): string => {
	const reason = missReason.text ?? missType.text ?? '';
	return inconclusive.has(reason) ? '' : reason;
};

const threadNow = (): string | undefined => {
	const part = agentId.text ?? (isSidechain.isTrue ? 'sidechain' : undefined);
	return sessionId.text !== undefined && part !== undefined ? `${sessionId.text}/${part}` : sessionId.text;
};

/** What was told of a message so far; the reason is the empty text where there is none. */
type Known = readonly [output: number, replica: boolean, rebuilt: boolean, missReason: string];

const emptyState = () => ({
	version: 1,
	tally: emptyTally(),
	time: 0,
	known: [['', [0, false, false, '']]] as readonly (readonly [string, Known])[],
	rebuilt: [''] as readonly string[],
});

class ClaudeCodeSession implements FormatSession {
	readonly tally: Tally;
	readonly #context: FormatContext;
	readonly #known: RecentMap<Known>;
	/** Threads whose context was compacted since their last request. */
	readonly #rebuilt: RecentMap<true>;
	readonly #clock: LineClock;

	constructor(context: FormatContext, saved: unknown) {
		const state = isLike(saved, emptyState()) && saved.version === 1 ? saved : undefined;
		this.tally = {...(state?.tally ?? emptyTally())};
		this.#context = context;
		this.#known = new RecentMap(mostKnown, state?.known);
		this.#rebuilt = new RecentMap(
			mostRebuilt,
			state?.rebuilt.map(thread => [thread, true]),
		);
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
			version: 1,
			tally: {...this.tally},
			time: this.#clock.last,
			known: this.#known.entries(),
			rebuilt: this.#rebuilt.entries().map(([thread]) => thread),
		};
	}

	readonly #object = (): void => {
		if (type.text === 'assistant') {
			if (usage.isObject) {
				this.tally.candidates++;
				this.#answer();
			}
		} else if (subtype.text === 'compact_boundary' || subtype.text === 'microcompact_boundary') {
			this.tally.candidates++;
			this.#compacted(threadNow());
		}
	};

	#compacted(thread: string | undefined): void {
		this.#rebuilt.set(boundName(thread) ?? '', true);
	}

	/** What a parent's progress lines repeat of its sub-agents stands in the sub-agents' own files and is left to them. */
	#answer(): void {
		const counted = usageOf();
		const name = boundName(messageId.text ?? requestId.text ?? uuid.text);
		// The application itself wrote it in a model's name, or it tells an API error: no call that was counted.
		const isCall = model.text !== '<synthetic>' && !(isApiErrorMessage.isTrue && isZero(counted));
		if (name === undefined || !isCall) {
			this.tally.lookAlikes++;
			return;
		}
		const before = this.#known.get(name);
		if (before) {
			this.tally.repeats++;
		} else {
			this.tally.outcomes++;
			if (agentId.text?.startsWith('acompact')) {
				this.#compacted(sessionId.text);
			}
		}
		const [outputBefore = 0, replicaBefore = true, rebuiltBefore, reasonBefore = ''] = before ?? [];
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
		const thread = threadNow();
		const rebuilt = rebuiltBefore ?? this.#rebuilt.delete(boundName(thread) ?? '');
		this.#known.set(name, [outputNow, replica, rebuilt, reason]);
		this.#context.onRequest({
			id: `claude-code:${name}`,
			time: this.#clock.read(timestamp.text),
			thread,
			project: cwd.text,
			source: this.#context.source,
			host: undefined,
			model: model.text,
			plan: undefined,
			usage: {...counted, output: outputNow},
			missReason: reason || undefined,
			...(replica && {replica: true}),
			rebuilt,
		});
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
