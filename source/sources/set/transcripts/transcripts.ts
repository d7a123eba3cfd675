import {basename, join, relative, resolve, sep} from 'node:path';
import {withoutCompression} from '../../file/compressed/compression.js';

/** A folder below which a coding agent keeps its transcripts. */
export type TranscriptFolder = {
	/** As a person writes it: `~/.claude/projects`. */
	readonly name: string;
	readonly path: string;
};

/** Whether a path is that of the folder or of something within it. */
export const isWithin = (path: string, folder: string): boolean =>
	path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);

/** A path with `~` for the home folder, where it lies there. */
const abbreviated = (path: string, home: string): string =>
	isWithin(path, home) ? join('~', relative(home, path)) : path;

/** Paths of an environment variable; shells leave the `~` of all but the first for the program. */
const pathsOf = (value: string | undefined, home: string): string[] =>
	(value ?? '')
		.split(',')
		.map(path => path.trim())
		.filter(path => path !== '')
		.map(path => resolve(path.replace(/^~(?=\/|$)/, home)));

/**
 * Where the agents on this machine keep their transcripts, whether or not they do exist: Claude Code (`CLAUDE_CONFIG_DIR`,
 * a comma list, instead of its two usual places), Codex (`CODEX_HOME`) and Gemini CLI.
 */
export const transcriptFolders = (
	env: Readonly<Record<string, string | undefined>>,
	home: string,
): readonly TranscriptFolder[] => {
	const given = pathsOf(env.CLAUDE_CONFIG_DIR, home);
	const config = env.XDG_CONFIG_HOME || join(home, '.config');
	const claude = given.length > 0 ? given : [join(home, '.claude'), join(config, 'claude')];
	const codex = env.CODEX_HOME ? resolve(env.CODEX_HOME) : join(home, '.codex');
	const paths = [
		...claude.map(folder => join(folder, 'projects')),
		join(codex, 'sessions'),
		join(codex, 'archived_sessions'),
		join(home, '.gemini', 'tmp'),
	];
	return [...new Set(paths)].map(path => ({name: abbreviated(path, home), path}));
};

/** A file that is written anew as a whole whenever something is added to it. */
export const isRewritten = (name: string): boolean => withoutCompression(name).endsWith('.json');

/**
 * Whether a file of a tree is a transcript, by its name: any `.jsonl`, compressed or not (Codex compresses what rests), and the chats that Gemini CLI wrote as one JSON
 * document each. Its other JSON files are settings and the like.
 */
export const isTranscript = (folder: string, name: string): boolean => {
	const plain = withoutCompression(name);
	const isChat = /^session-.*\.json$/.test(plain) && basename(folder) === 'chats';
	return !name.startsWith('.') && (plain.endsWith('.jsonl') || isChat);
};

/** Whether a name is of the kind that an agent itself gives, and hardly anybody else. */
export const hasAgentName = (name: string): boolean =>
	/^(?:(?:agent|rollout|session)-.+|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})\.jsonl$/.test(withoutCompression(name));
