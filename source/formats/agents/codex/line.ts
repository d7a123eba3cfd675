import type {Usage} from '../../../request.js';
import {Member} from '../../json/member.js';
import {ObjectSkimmer} from '../../json/object-skimmer.js';
import {usageOfWhole} from '../../records/counts.js';
import {eventMembers} from './events.js';

/** The members of a rollout's line that are needed. Each holds the value of the line skimmed last. */

const countMembers = () => ({
	input: new Member('input_tokens'),
	cached: new Member('cached_input_tokens'),
	written: new Member('cache_write_input_tokens'),
	writtenBriefly: new Member('cache_write_tokens'),
	output: new Member('output_tokens'),
	reasoning: new Member('reasoning_output_tokens'),
});

type CountMembers = ReturnType<typeof countMembers>;

export const totalMembers = countMembers();
export const lastMembers = countMembers();
export const recordMembers = countMembers();
export const totals = new Member('total_token_usage', {inside: Object.values(totalMembers)});
export const last = new Member('last_token_usage', {inside: Object.values(lastMembers)});
export const info = new Member('info', {inside: [totals, last]});
export const recorded = new Member('usage', {inside: Object.values(recordMembers)});
export const responseId = new Member('response_id');
export const kind = new Member('type');
export const sessionId = new Member('id');
export const model = new Member('model');
export const cwd = new Member('cwd');
export const branch = new Member('branch');
const git = new Member('git', {inside: [branch]});
/** Where a session's parent may be named, and the identity of a sub-agent. */
export const lineage = {
	forkedFrom: new Member('forked_from_id'),
	parent: new Member('parent_thread_id'),
	threadSource: new Member('thread_source'),
	spawnedBy: new Member('parent_thread_id'),
	role: new Member('agent_role'),
	nickname: new Member('agent_nickname'),
	/** A name, or an object for a spawned thread. */
	subagent: new Member('subagent'),
	/** The first line that is not a copy of the parent's history. */
	historyStart: new Member('subagent_history_start_ordinal'),
	baseThread: new Member('thread_id'),
	baseEnd: new Member('end_ordinal_exclusive'),
};
const spawn = new Member('thread_spawn', {inside: [lineage.spawnedBy, lineage.role, lineage.nickname]});
const subagent = new Member('subagent', {inside: [spawn]});
const source = new Member('source', {inside: [subagent]});
/** True if the line starts the session of a sub-agent. */
export const isSubagent = (): boolean => subagent.exists || lineage.threadSource.text === 'subagent';
/** The name of a sub-agent; undefined if it has none. */
export const agentName = (): string | undefined => lineage.role.text ?? lineage.nickname.text ?? subagent.text;
export const historyBase = new Member('history_base', {inside: [lineage.baseThread, lineage.baseEnd]});
/** The content of a line. */
export const payload = new Member('payload', {
	inside: [
		kind,
		sessionId,
		lineage.forkedFrom,
		lineage.parent,
		lineage.threadSource,
		lineage.historyStart,
		source,
		historyBase,
		model,
		cwd,
		git,
		info,
		recorded,
		responseId,
		...eventMembers,
	],
});
export const timestamp = new Member('timestamp');
export const ordinal = new Member('ordinal');
/** Kinds of lines, by Codex's names. */
export const type = new Member('type', {
	among: [
		'session_meta',
		'turn_context',
		'compacted',
		'event_msg',
		'response_item',
		'world_state',
		'token_usage_record',
	],
});

/** Finds these members in the bytes of a line without decoding it. */
export const skimmer = new ObjectSkimmer(
	[timestamp, ordinal, type, payload],
	[
		'token_count"',
		'token_usage_record"',
		'turn_context"',
		'session_meta"',
		'"compacted"',
		'context_compacted"',
		'thread_settings_applied"',
	],
);

/**
 * Tokens as counted by Codex: input includes what was read from and written to the cache, output includes reasoning.
 */
export type Counts = {
	readonly input: number;
	readonly cached: number;
	readonly written: number;
	readonly output: number;
	readonly reasoning: number;
};

/** Counts before the first request. */
export const none: Counts = {input: 0, cached: 0, written: 0, output: 0, reasoning: 0};
const fields = Object.keys(none) as (keyof Counts)[];

/** The counts of a request; NaN for a value that is not a count. */
export const toldCountsOf = (members: CountMembers): Counts => ({
	input: members.input.told ?? 0,
	cached: members.cached.told ?? 0,
	written: members.written.optional ?? members.writtenBriefly.optional ?? 0,
	output: members.output.told ?? 0,
	reasoning: members.reasoning.optional ?? 0,
});

/** The counts in the line skimmed last. */
export const countsOf = (members: CountMembers): Counts => ({
	input: members.input.count,
	cached: members.cached.count,
	written: (members.written.exists && !members.written.isNull ? members.written : members.writtenBriefly).count,
	output: members.output.count,
	reasoning: members.reasoning.count,
});

/** Counts as text, for comparison. */
export const textOf = (counts: Counts): string => fields.map(field => counts[field]).join(':');

/** The difference of two totals; the later total if counting started over. */
export const difference = (total: Counts, before: Counts): Counts =>
	total.input < before.input || total.output < before.output
		? total
		: {
				input: total.input - before.input,
				cached: Math.max(0, total.cached - before.cached),
				written: Math.max(0, total.written - before.written),
				output: total.output - before.output,
				reasoning: Math.max(0, total.reasoning - before.reasoning),
			};

/** Converts counts: input without what was read and written. */
export const toUsage = ({input, cached, written, output}: Counts): Usage =>
	usageOfWhole({input, read: cached, written, output});
