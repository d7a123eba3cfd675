import {basename, join, sep} from 'node:path';
import {withoutCompression} from '../../file/compressed/compression.js';

/** A folder below which a coding agent keeps transcripts. */
export type TranscriptFolder = {
	/** The path for display: `~/.claude/projects`. */
	readonly name: string;
	readonly path: string;
};

/** True for a file that is rewritten completely with every addition. */
export const isRewritten = (name: string): boolean => withoutCompression(name).endsWith('.json');

/**
 * Documents written by agents, and by gateways into folders by date (LiteLLM's S3 callback, Bedrock's invocation log),
 * by the end of their paths. Other JSON files are settings and the like.
 */
const documents = [
	/[/]chats[/]session-[^/]*\.json$/,
	/[/]tasks[/][^/]+[/](?:ui_messages|task_metadata|api_conversation_history)\.json$/,
	/\.messages\.json$/,
	/[/]conversations[/][^/]+[/]base_state\.json$/,
	/[/]threads[/]T-[^/]*\.json$/,
	/[/]sessions[/].*\.settings\.json$/,
	/[/]storage[/]message[/][^/]+[/][^/]+\.json$/,
	/[/]\d{4}-\d\d-\d\d[/][^/]+\.json$/,
	/[/]\d{4}[/]\d\d[/]\d\d[/](?:\d\d[/])?[^/]+\.json$/,
];

/** A copy of the answers, with partial output, next to the transcripts of Claude Desktop. */
const isAudit = (folder: string, name: string): boolean =>
	name === 'audit.jsonl' && basename(folder).startsWith('local_');

/**
 * True if a file of a tree is a transcript, judged by its path: any `.jsonl`, compressed or not (Codex compresses old
 * ones), and agents' documents.
 */
export const isTranscript = (folder: string, name: string): boolean => {
	if (name.startsWith('.') || isAudit(folder, name)) {
		return false;
	}

	const plain = withoutCompression(name);
	// The path is only built if the name does not decide.
	return (
		plain.endsWith('.jsonl') ||
		(plain.endsWith('.json') && documents.some(document => document.test(join(folder, plain).split(sep).join('/'))))
	);
};

/** True for names that agents give, and hardly anything else. */
export const hasAgentName = (name: string): boolean =>
	/^(?:(?:agent|rollout|session)-.+|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})\.jsonl$/.test(withoutCompression(name));
