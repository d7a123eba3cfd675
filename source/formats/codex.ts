import type {Usage} from '../request.js';
import {eachCandidate} from './candidates.js';
import {emptyTally, type Format, type FormatContext, type FormatSession, type Tally} from './format.js';
import {asCount, asObject, asText, type JsonObject, longestLine, looksLike, parseObject} from './json-line.js';
import {LineClock} from './line-clock.js';
import {parseStamp} from './stamp.js';

/** Unescaped, as quoted rollouts are not. */
const needles = ['token_count"', 'turn_context"', 'session_meta"', '"compacted"', 'context_compacted"'].map(text =>
	Buffer.from(text),
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

const toCounts = (value: JsonObject): Counts => ({
	input: asCount(value.input_tokens),
	cached: asCount(value.cached_input_tokens),
	written: asCount(value.cache_write_input_tokens ?? value.cache_write_tokens),
	output: asCount(value.output_tokens),
	reasoning: asCount(value.reasoning_output_tokens),
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

/** What the lines so far say about those that follow. */
type Rollout = {
	session: string | undefined;
	/** The session in which the counting began: a fork goes on with the totals of its parent. */
	root: string | undefined;
	forked: boolean;
	/** Epoch milliseconds of the first line. */
	opened: number;
	project: string | undefined;
	model: string | undefined;
	total: Counts;
	rebuilt: boolean;
};

const beginning = (): Rollout => ({
	session: undefined,
	root: undefined,
	forked: false,
	opened: 0,
	project: undefined,
	model: undefined,
	total: none,
	rebuilt: false,
});

class CodexSession implements FormatSession {
	readonly tally: Tally = emptyTally();
	readonly #context: FormatContext;
	#rollout = beginning();
	readonly #clock: LineClock;

	constructor(context: FormatContext) {
		this.#context = context;
		this.#clock = new LineClock(context, this.tally);
	}

	lines(bytes: Buffer, head: boolean): void {
		if (head) {
			this.#rollout = beginning();
		}
		eachCandidate(bytes, needles, this.#line, false, longestLine);
	}

	provisional(): readonly [] {
		return [];
	}

	readonly #line = (bytes: Buffer, start: number, end: number): boolean => {
		this.tally.candidates++;
		const line = parseObject(bytes.toString('utf8', start, end));
		const payload = asObject(line?.payload);
		if (!line) {
			this.tally.brokenJson++;
		} else if (!payload || !this.#entry(line, payload)) {
			this.tally.lookAlikes++;
		}
		return false;
	};

	/** Returns whether the line says something about requests. */
	#entry(line: JsonObject, payload: JsonObject): boolean {
		const rollout = this.#rollout;
		const kind = line.type === 'event_msg' ? payload.type : line.type;
		switch (kind) {
			case 'session_meta':
				this.#meta(line, payload);
				return true;
			case 'turn_context':
				rollout.model = asText(payload.model) ?? rollout.model;
				rollout.project ??= asText(payload.cwd);
				return true;
			case 'compacted':
			case 'context_compacted':
				rollout.rebuilt = true;
				return true;
			case 'token_count':
				return this.#count(line, payload);
			default:
				return false;
		}
	}

	/** The first one is the log's own; those that follow came with the history of the sessions it was forked from. */
	#meta(line: JsonObject, payload: JsonObject): void {
		const rollout = this.#rollout;
		const session = asText(payload.id);
		const parent = asText(payload.forked_from_id);
		if (rollout.session === undefined) {
			rollout.session = session;
			rollout.root = parent ?? session;
			rollout.forked = parent !== undefined;
			rollout.project = asText(payload.cwd);
			rollout.opened = parseStamp(asText(line.timestamp) ?? '', this.#context.localTime) ?? 0;
		} else if (session !== undefined && session !== rollout.session) {
			rollout.root = parent ?? session;
			rollout.forked = true;
		}
	}

	#count(line: JsonObject, payload: JsonObject): boolean {
		const rollout = this.#rollout;
		const info = asObject(payload.info);
		const totals = asObject(info?.total_token_usage);
		if (!totals) {
			// Told before the first answer, for the limits of the subscription.
			return payload.info === null;
		}
		const total = toCounts(totals);
		// Most events are written twice; a compaction writes one with the totals as they were.
		if (areEqual(total, rollout.total)) {
			this.tally.repeats++;
			return true;
		}
		const last = asObject(info?.last_token_usage);
		const counts = last ? toCounts(last) : difference(total, rollout.total);
		rollout.total = total;
		if (counts.input + counts.output === 0) {
			return true;
		}
		this.tally.outcomes++;
		const time = this.#clock.read(line.timestamp);
		const isReplay = rollout.forked && time - rollout.opened < replayLasts;
		this.#context.onRequest({
			// Totals are what a copy of an event keeps: a fork gives it another time, and its log another session.
			id: `codex:${[rollout.root ?? this.#context.source, ...fields.map(field => total[field])].join(':')}`,
			time,
			thread: rollout.session,
			project: rollout.project,
			source: this.#context.source,
			host: undefined,
			model: rollout.model,
			plan: undefined,
			usage: toUsage(counts),
			missReason: undefined,
			...(isReplay && {replica: true}),
			rebuilt: rollout.rebuilt,
		});
		rollout.rebuilt = false;
		return true;
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
	open: context => new CodexSession(context),
};
