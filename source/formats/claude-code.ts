import type {Usage} from '../request.js';
import {eachCandidate} from './candidates.js';
import {emptyTally, type Format, type FormatContext, type FormatSession, type Tally} from './format.js';
import {asCount, asObject, asText, type JsonObject, longestLine, looksLike, parseObject} from './json-line.js';
import {LineClock} from './line-clock.js';
import {RecentMap} from './recent-map.js';

/** Unescaped, as quoted transcripts are not; chosen for the speed of the scan. */
const needles = ['_input_tokens":', 'compact_boundary"'].map(text => Buffer.from(text));

/** Outcomes of the provider's comparison that name no cause (platform.claude.com, cache diagnostics). */
const inconclusive = new Set(['previous_message_not_found', 'unavailable']);

/** A model's answer as one line of a transcript tells it. */
type Answer = {
	readonly message: JsonObject;
	readonly usage: JsonObject;
	readonly agent: string | undefined;
	/**
	 * It may be a copy whose original stands in another file: side questions and forks replay their parent's messages
	 * under the same message id.
	 */
	readonly replica: boolean;
	readonly sidechain: boolean;
};

/** What a parent's progress lines repeat of its sub-agents stands in the sub-agents' own files and is left to them. */
const findAnswer = (line: JsonObject): Answer | undefined => {
	const message = asObject(line.message);
	const usage = asObject(message?.usage);
	if (line.type !== 'assistant' || !message || !usage) {
		return undefined;
	}
	const sidechain = line.isSidechain === true;
	return {
		message,
		usage,
		agent: asText(line.agentId),
		replica: sidechain || asObject(line.forkedFrom) !== undefined,
		sidechain,
	};
};

const toUsage = (usage: JsonObject): Usage => {
	const lifetimes = asObject(usage.cache_creation);
	const oneHour = asCount(lifetimes?.ephemeral_1h_input_tokens);
	const written = asCount(usage.cache_creation_input_tokens);
	return {
		uncached: asCount(usage.input_tokens),
		cacheRead: asCount(usage.cache_read_input_tokens),
		// Versions and gateways that do not tell lifetimes apart know 5 minutes only.
		cacheWrite5m: Math.max(asCount(lifetimes?.ephemeral_5m_input_tokens), written - oneHour),
		cacheWrite1h: oneHour,
		output: asCount(usage.output_tokens),
		accuracy: 'exact',
	};
};

const isZero = ({uncached, cacheRead, cacheWrite5m, cacheWrite1h, output}: Usage): boolean =>
	uncached + cacheRead + cacheWrite5m + cacheWrite1h + output === 0;

const missReasonOf = (message: JsonObject): string | undefined => {
	const reason = asObject(message.diagnostics)?.cache_miss_reason;
	const type = asText(reason) ?? asText(asObject(reason)?.type);
	return type !== undefined && inconclusive.has(type) ? undefined : type;
};

/** A line that the application itself wrote in a model's name, or an API error: no call that was counted. */
const isCall = (line: JsonObject, {message}: Answer, usage: Usage): boolean =>
	message.model !== '<synthetic>' && !(line.isApiErrorMessage === true && isZero(usage));

const threadOf = (line: JsonObject, agent: string | undefined, sidechain: boolean): string | undefined => {
	const session = asText(line.sessionId);
	const part = agent ?? (sidechain ? 'sidechain' : undefined);
	return session !== undefined && part !== undefined ? `${session}/${part}` : session;
};

/** What was told of a message so far. */
type Known = {
	readonly output: number;
	readonly replica: boolean;
	readonly rebuilt: boolean;
	readonly missReason: string | undefined;
};

class ClaudeCodeSession implements FormatSession {
	readonly tally: Tally = emptyTally();
	readonly #context: FormatContext;
	readonly #known = new RecentMap<Known>();
	/** Threads whose context was compacted since their last request. */
	readonly #rebuilt = new Set<string>();
	readonly #clock: LineClock;

	constructor(context: FormatContext) {
		this.#context = context;
		this.#clock = new LineClock(context, this.tally);
	}

	lines(bytes: Buffer): void {
		eachCandidate(bytes, needles, this.#line, false, longestLine);
	}

	provisional(): readonly [] {
		return [];
	}

	readonly #line = (bytes: Buffer, start: number, end: number): boolean => {
		this.tally.candidates++;
		const line = parseObject(bytes.toString('utf8', start, end));
		if (!line) {
			this.tally.brokenJson++;
			return false;
		}
		const answer = findAnswer(line);
		if (answer) {
			this.#answer(line, answer);
		} else if (line.type === 'system' && /^(?:micro)?compact_boundary$/.test(String(line.subtype))) {
			this.#rebuilt.add(threadOf(line, asText(line.agentId), line.isSidechain === true) ?? '');
		} else {
			this.tally.lookAlikes++;
		}
		return false;
	};

	#answer(line: JsonObject, answer: Answer): void {
		const {message, agent, sidechain, replica} = answer;
		const thread = threadOf(line, agent, sidechain);
		const usage = toUsage(answer.usage);
		const name = asText(message.id) ?? asText(line.requestId) ?? asText(line.uuid);
		if (name === undefined || !isCall(line, answer, usage)) {
			this.tally.lookAlikes++;
			return;
		}
		const before = this.#known.get(name);
		if (before) {
			this.tally.repeats++;
		} else {
			this.tally.outcomes++;
			if (agent?.startsWith('acompact')) {
				this.#rebuilt.add(asText(line.sessionId) ?? '');
			}
		}
		// An answer has a line for each of its blocks; the output they tell only grows, its last line has all of it.
		const now: Known = {
			output: Math.max(usage.output, before?.output ?? 0),
			replica: replica && (before?.replica ?? true),
			rebuilt: before?.rebuilt ?? this.#rebuilt.delete(thread ?? ''),
			missReason: missReasonOf(message) ?? before?.missReason,
		};
		const adds =
			!before ||
			(before.replica && !now.replica) ||
			(before.replica === replica && (now.output > before.output || now.missReason !== before.missReason));
		if (!adds) {
			return;
		}
		this.#known.set(name, now);
		this.#context.onRequest({
			id: `claude-code:${name}`,
			time: this.#clock.read(line.timestamp),
			thread,
			project: asText(line.cwd),
			source: this.#context.source,
			host: undefined,
			model: asText(message.model),
			plan: undefined,
			usage: {...usage, output: now.output},
			missReason: now.missReason,
			...(now.replica && {replica: true}),
			rebuilt: now.rebuilt,
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
	open: context => new ClaudeCodeSession(context),
};
