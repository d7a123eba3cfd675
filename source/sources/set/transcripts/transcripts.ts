import {basename, join, sep} from 'node:path';
import {withoutCompression} from '../../file/compressed/compression.js';

/** A folder below which a coding agent keeps its transcripts. */
export type TranscriptFolder = {
	/** As a person writes it: `~/.claude/projects`. */
	readonly name: string;
	readonly path: string;
};

/** A file that is written anew as a whole whenever something is added to it. */
export const isRewritten = (name: string): boolean => withoutCompression(name).endsWith('.json');

/**
 * Documents that agents write, and gateways into folders by date (LiteLLM's S3 callback, Bedrock's invocation log), by
 * the end of their paths; other JSON files are settings and the like.
 */
const documents = [
	/[/]chats[/]session-[^/]*\.json$/,
	/[/]tasks[/][^/]+[/](?:ui_messages|task_metadata|api_conversation_history)\.json$/,
	/\.messages\.json$/,
	/[/]threads[/]T-[^/]*\.json$/,
	/[/]sessions[/].*\.settings\.json$/,
	/[/]storage[/]message[/][^/]+[/][^/]+\.json$/,
	/[/]\d{4}-\d\d-\d\d[/][^/]+\.json$/,
	/[/]\d{4}[/]\d\d[/]\d\d[/](?:\d\d[/])?[^/]+\.json$/,
];

/** A copy of the answers beside the transcripts of Claude Desktop, with the output as far as it had come. */
const isAudit = (folder: string, name: string): boolean =>
	name === 'audit.jsonl' && basename(folder).startsWith('local_');

/**
 * Whether a file of a tree is a transcript, by its path: any `.jsonl`, compressed or not (Codex compresses what rests), and the
 * documents that agents write.
 */
export const isTranscript = (folder: string, name: string): boolean => {
	if (name.startsWith('.') || isAudit(folder, name)) {
		return false;
	}

	const plain = withoutCompression(name);
	// Most names end so or otherwise: a path is put together only where it matters.
	return (
		plain.endsWith('.jsonl') ||
		(plain.endsWith('.json') && documents.some(document => document.test(join(folder, plain).split(sep).join('/'))))
	);
};

/** Whether a name is of the kind that an agent itself gives, and hardly anybody else. */
export const hasAgentName = (name: string): boolean =>
	/^(?:(?:agent|rollout|session)-.+|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})\.jsonl$/.test(withoutCompression(name));
