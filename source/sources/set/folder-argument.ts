import {readdirSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {withoutCompression} from '../file/compressed/compression.js';
import {realPathOf} from '../real-path.js';
import {hasAgentName, isTranscript, isWithin, type TranscriptFolder} from './transcripts/transcripts.js';
import {holdsTranscripts, statsAt} from './transcripts/tree-listing.js';

const logName = /\.(?:log|jsonl|ndjson|json|out|err)(?:[-._]{1,2}(?:old|\d[\d._:T-]*))?$/;

/** A file of a folder that is a log, or one rotated away, by its name. */
const isLogName = (name: string): boolean => !name.startsWith('.') && logName.test(withoutCompression(name));

/** Names of the logs directly in a folder, sorted. Throws the system's error where it may not be listed. */
export const logNamesIn = (folder: string): string[] =>
	readdirSync(folder)
		.filter(name => isLogName(name) && statsAt(join(folder, name))?.isFile())
		.sort();

/** What a folder that was named stands for. */
export type FolderContents = {
	/** Names of the logs in it that are read one by one. */
	readonly logs: readonly string[];
	/** Folders to be read as trees of transcripts, relative to it: `.` is the folder itself. */
	readonly trees: readonly string[];
};

/**
 * Finds what to read in a folder. One of an agent's, or within one, is a tree; so is one whose files have names that
 * agents give. The home of an agent (`~/.claude`) stands for the trees in it. Any other folder stands for the logs
 * that are directly in it, and only where there are none for the transcripts below.
 * Throws the system's error where it may not be listed.
 */
export const contentsOf = (path: string, agents: readonly TranscriptFolder[]): FolderContents => {
	const real = realPathOf(path);
	const ofAgents = agents.map(agent => realPathOf(agent.path));
	// Throws before anything else is looked at.
	readdirSync(path);
	if (ofAgents.some(agent => isWithin(real, agent))) {
		return {logs: [], trees: ['.']};
	}

	const within = agents
		.filter(agent => realPathOf(dirname(agent.path)) === real && statsAt(agent.path)?.isDirectory())
		.map(agent => agent.path.slice(dirname(agent.path).length + 1));
	if (within.length > 0) {
		return {logs: [], trees: within};
	}

	const logs = logNamesIn(path);
	if (logs.some(hasAgentName)) {
		return {logs: logs.filter(name => !isTranscript(path, name)), trees: ['.']};
	}

	return {logs, trees: logs.length === 0 && holdsTranscripts(path) ? ['.'] : []};
};
