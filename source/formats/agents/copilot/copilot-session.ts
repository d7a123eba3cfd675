import type {RequestTrace} from '../../format.js';
import {type JsonObject, listOf, objectOf, textOf} from '../../json/json-values.js';
import {countOf, optionalCount, tokensOf, toldCount, usageOfWhole} from '../../records/counts.js';
import {folderOf} from '../../records/path.js';
import {recordFormat} from '../../records/record-format.js';
import type {RecordContext} from '../../records/record-reader.js';
import {changeBetween, fingerprintOf, type PromptFingerprint} from './prompt-fingerprint.js';

/** The number of calls in a model's metrics: a number, or an object with one. */
const callsOf = ({requests}: JsonObject): number | undefined => countOf(requests) ?? countOf(objectOf(requests)?.count);

/** The last prompt of a conversation, as saved in a checkpoint. */
type Checkpoint = {
	readonly fingerprint: PromptFingerprint;
	readonly last: RequestTrace;
};

type State = {
	session: string;
	leg: number;
	/** The latest checkpoint of each conversation and model. */
	checkpoints: Readonly<Record<string, Checkpoint>>;
	/** What has changed the whole conversation since then. */
	rewritten: string;
};

/** Maximum number of conversations and models compared. */
const mostCheckpoints = 8;

const rewrites: Readonly<Record<string, string>> = {
	'session.compaction_complete': 'conversation compacted',
	'session.truncation': 'conversation truncated',
	'session.context_cleared': 'conversation cleared',
	'session.snapshot_rewind': 'conversation rewound',
};

/** The models of all conversations in a checkpoint. */
const modelsOf = (data: JsonObject): readonly (readonly [name: string, told: JsonObject])[] =>
	listOf(data.promptCacheBreakState).flatMap(value => {
		const {conversation, models} = objectOf(value) ?? {};
		return Object.entries(objectOf(models) ?? {}).flatMap(([model, told]) => {
			const state = objectOf(told);
			return state ? [[`${textOf(conversation) ?? ''}:${model}`, state] as const] : [];
		});
	});

/**
 * Compares the prompts of a checkpoint with those of the one before: if a database row between them did not read the
 * cache, the change is the reason.
 */
const readCheckpoint = (data: JsonObject, state: State, {change, timeOf}: RecordContext): void => {
	const checkpoints = new Map(Object.entries(state.checkpoints));
	for (const [name, told] of modelsOf(data)) {
		const time = timeOf(told.completed_at);
		const [input, cacheRead] = [countOf(told.prompt_tokens), countOf(told.cache_read)];
		if (time === undefined || input === undefined || cacheRead === undefined) {
			continue;
		}
		const before = checkpoints.get(name);
		const last = {time, input, cacheRead};
		const fingerprint = fingerprintOf(told);
		const reason = before && changeBetween(before.fingerprint, fingerprint, state.rewritten || undefined);
		if (before && reason !== undefined && before.last.time < time && state.session !== '') {
			const seconds = countOf(told.ttl_seconds);
			const lifetime = seconds === undefined ? undefined : seconds * 1000;
			change({thread: state.session, reason, after: before.last, until: last, lifetime});
		}
		checkpoints.delete(name);
		checkpoints.set(name, {fingerprint, last});
	}
	state.checkpoints = Object.fromEntries([...checkpoints].slice(-mostCheckpoints));
	state.rewritten = '';
};

/**
 * Sessions of GitHub Copilot CLI: `session-state/<session>/events.jsonl`. The end of a session has its sums by model,
 * which continue when the session is resumed and start over after a compaction. They are ignored if the database has
 * the session's requests. `session.usage_checkpoint`, at the end of a user's turn, has hashes of the prompt's tools,
 * system segments and messages.
 */
export const copilotSession = recordFormat({
	name: 'copilot-session',
	title: 'GitHub Copilot CLI session (sums)',
	words: ['session.start', 'session.shutdown', 'session.usage_checkpoint', ...Object.keys(rewrites)],
	kinship: record => {
		const isEvent = typeof record.type === 'string' && objectOf(record.data) !== undefined && 'parentId' in record;
		return isEvent && /^(?:session|assistant|tool|user)\./.test(record.type as string)
			? 'own'
			: isEvent
				? 'neutral'
				: 'foreign';
	},
	beginning: (): State => ({session: '', leg: 0, checkpoints: {}, rewritten: ''}),
	read: (record, state, context) => {
		const data = objectOf(record.data) ?? {};
		const rewritten = data.success === false ? undefined : rewrites[String(record.type)];
		// If the beginning of the log is lost, the folder's name is the session.
		state.session ||= folderOf(context.source) ?? '';
		state.rewritten = rewritten ?? state.rewritten;
		if (record.type === 'session.start') {
			state.session = textOf(data.sessionId) ?? state.session;
		} else if (record.type === 'session.compaction_complete' && rewritten !== undefined) {
			state.leg++;
		} else if (record.type === 'session.usage_checkpoint') {
			readCheckpoint(data, state, context);
		} else if (record.type === 'session.shutdown') {
			for (const [model, told] of Object.entries(objectOf(data.modelMetrics) ?? {})) {
				const metrics = objectOf(told) ?? {};
				const usage = objectOf(metrics.usage);
				if (usage) {
					const tokens = usageOfWhole({
						input: toldCount(usage.inputTokens),
						read: toldCount(usage.cacheReadTokens),
						written: optionalCount(usage.cacheWriteTokens),
						output: toldCount(usage.outputTokens),
					});
					context.sum({
						id: `${state.session}:${state.leg}:${model}`,
						thread: state.session || undefined,
						requests: callsOf(metrics),
						tokens: tokensOf(tokens),
					});
				}
			}
		}
	},
});
