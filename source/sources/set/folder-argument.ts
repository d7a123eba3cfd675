import {readdirSync} from 'node:fs';
import {dirname, join, relative, resolve} from 'node:path';
import {statsAt} from '../../system/stats-at.js';
import {isWithin, type Place, placesInHome} from '../agents/find-places.js';
import {withoutCompression} from '../file/compressed/compression.js';
import {realPathOf} from '../real-path.js';
import {hasAgentName, isTranscript} from './transcripts/transcripts.js';
import {databasesIn, holdsTranscripts} from './transcripts/tree-listing.js';

const logName = /\.(?:log|jsonl|ndjson|json|out|err)(?:[-._]{1,2}(?:old|\d[\d._:T-]*))?$/;

/** True for a log, or a rotated one, judged by its name. */
const isLogName = (name: string): boolean => !name.startsWith('.') && logName.test(withoutCompression(name));

/** Names of the logs directly in a folder, sorted. Throws the system's error if it cannot be listed. */
export const logNamesIn = (folder: string): string[] =>
	readdirSync(folder)
		.filter(name => isLogName(name) && statsAt(join(folder, name))?.isFile())
		.sort();

/** What a named folder contains. */
type FolderContents = {
	/** Names of the logs in it that are read individually. */
	readonly logs: readonly string[];
	/** Folders to be read as trees of transcripts, relative to it: `.` is the folder itself. */
	readonly trees: readonly string[];
	/** Databases of agents in it or below, relative to it. */
	readonly databases: readonly string[];
};

/** Maximum number of levels between a home folder and an agent's: `.config/Code/User/globalStorage`. */
const mostAbove = 4;

/** Places of agents in a copy of a home folder or of a part of one: `backup/.qwen`. */
const placesInCopy = (path: string): readonly Place[] => {
	let home = resolve(path);
	for (let above = 0; above <= mostAbove; above++) {
		const within = placesInHome(home).filter(place => isWithin(place.path, resolve(path)));
		if (within.length > 0) {
			return within;
		}
		home = dirname(home);
	}
	return [];
};

/**
 * Finds what to read in a folder. A folder of an agent, one inside it, or one whose files are named as by agents, is
 * read as a tree. The home of an agent (`~/.claude`), a home folder, and copies of these, are replaced by the agents'
 * files in them. Any other folder stands for the logs directly in it or, if there are none (or only documents), for the
 * transcripts and databases below. Throws the system's error if it cannot be listed.
 */
export const contentsOf = (path: string, agents: readonly Place[]): FolderContents => {
	const real = realPathOf(path);
	// Throws before anything else is checked.
	readdirSync(path);
	const there = agents.filter(agent => statsAt(agent.path) !== undefined);
	if (there.some(agent => agent.kind === 'tree' && isWithin(real, realPathOf(agent.path)))) {
		return {logs: [], trees: ['.'], databases: []};
	}

	const within = [...there.filter(agent => isWithin(realPathOf(agent.path), real)), ...placesInCopy(path)];
	if (within.length > 0) {
		const relativeTo = (agent: Place) => relative(real, realPathOf(agent.path)) || '.';
		const ofKind = (kind: Place['kind']) => [...new Set(within.filter(agent => agent.kind === kind).map(relativeTo))];
		return {logs: [], trees: ofKind('tree'), databases: ofKind('database')};
	}

	const logs = logNamesIn(path);
	if (logs.some(hasAgentName)) {
		return {logs: logs.filter(name => !isTranscript(path, name)), trees: ['.'], databases: []};
	}

	if (logs.some(name => !name.endsWith('.json'))) {
		return {logs, trees: [], databases: []};
	}

	const trees = holdsTranscripts(path) ? ['.'] : [];
	return {
		logs: trees.length > 0 ? logs.filter(name => !isTranscript(path, name)) : logs,
		trees,
		databases: databasesIn(path).map(database => relative(path, database)),
	};
};
