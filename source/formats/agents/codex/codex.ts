import type {Format} from '../../format.js';
import {looksLike} from '../../json/json-line.js';
import {objectOf} from '../../json/json-values.js';
import {CodexSession} from './codex-session.js';

const ownTypes = new Set<unknown>([
	'session_meta',
	'turn_context',
	'event_msg',
	'response_item',
	'compacted',
	'token_usage_record',
]);

/** Rollouts of Codex CLI: `sessions/YYYY/MM/DD/rollout-<time>-<session>.jsonl`. */
export const codex: Format = {
	name: 'codex',
	title: 'Codex CLI rollout',
	recognise: head =>
		looksLike(head, line =>
			typeof line.timestamp !== 'string' || !objectOf(line.payload)
				? 'foreign'
				: ownTypes.has(line.type)
					? 'own'
					: 'neutral',
		),
	open: (context, saved) => new CodexSession(context, saved),
};
