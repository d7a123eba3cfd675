import {createReadStream} from 'node:fs';
import {join, resolve} from 'node:path';
import type {Readable} from 'node:stream';
import {statsAt} from '../system/stats-at.js';
import {whyUnreadable} from '../system/why-unreadable.js';
import type {Place} from './agents/find-places.js';
import {isDatabase} from './database/is-database.js';
import type {NamedFile} from './file/history/group-rotations.js';
import {contentsOf} from './set/folder-argument.js';
import {type LogFinder, logsInFolder, matchesOf} from './set/log-finder.js';
import type {TranscriptFolder} from './set/transcripts/transcripts.js';
import {holdsTranscripts} from './set/transcripts/tree-listing.js';
import type {Source, SourceProblem} from './source.js';
import {StreamSource} from './stream/stream-source.js';

/** What arguments name, by how it is read. */
type SortedArguments = {
	readonly files: readonly NamedFile[];
	/** Globs, and folders of logs. */
	readonly finders: readonly LogFinder[];
	/** Folders of agents' transcripts. */
	readonly trees: readonly TranscriptFolder[];
	/** Agents' databases. */
	readonly databases: readonly TranscriptFolder[];
	/** Standard input and pipes. */
	readonly streams: readonly Source[];
	readonly problems: readonly SourceProblem[];
};

type Surroundings = {
	/** Base of relative paths. */
	readonly cwd: string;
	/** The places of agents on this machine. */
	readonly agents: () => readonly Place[];
	readonly stdin: () => Readable;
};

/** @param message what is wrong, and what to do */
const problem = (kind: SourceProblem['kind'], name: string, message: string): SourceProblem => ({
	kind,
	name,
	message: `${name}: ${message}`,
	count: 1,
});

const empty = 'holds no logs (*.log, *.jsonl, *.json, also rotated or compressed); name a file';
const untouched = 'holds no transcripts yet';
const device = 'is a device, not a log; name a file or a pipe, or use - for standard input';

/** Reports that an agent's folder is empty. */
export const emptyTree = (name: string): SourceProblem => problem('empty-folder', name, untouched);

/** The name of a tree in a named folder: `logs` for `logs/` and `.`. */
export const treeName = (folder: string, tree: string): string => join(folder, tree).replace(/(?<=.)\/$/, '');

/** Determines what each argument names. A missing file is a file: its source reports that itself. */
export const sortArguments = async (names: readonly string[], around: Surroundings): Promise<SortedArguments> => {
	const {cwd, agents, stdin} = around;
	const problems: SourceProblem[] = [];
	const files: NamedFile[] = [];
	const finders: LogFinder[] = [];
	const trees: TranscriptFolder[] = [];
	const databases: TranscriptFolder[] = [];
	const streams = new Map<string, Source>();
	for (const name of names) {
		const path = resolve(cwd, name);
		const stats = statsAt(path);
		if (name === '-') {
			streams.set('-', new StreamSource({id: '-', name: 'stdin'}, stdin));
		} else if (stats?.isDirectory()) {
			const held = inFolder(name, path, agents(), problems);
			const within = (below: string) => ({name: treeName(name, below), path: join(path, below)});
			trees.push(...held.trees.map(within));
			databases.push(...held.databases.map(within));
			if (held.logs.length > 0 || held.trees.length + held.databases.length === 0) {
				finders.push(logsInFolder(name, path));
			}
		} else if (stats?.isCharacterDevice() || stats?.isBlockDevice()) {
			problems.push(problem('unreadable', name, device));
		} else if (stats !== undefined && !stats.isFile()) {
			streams.set(path, new StreamSource({id: path, name}, () => createReadStream(path)));
		} else if (stats === undefined && (await isPattern(name))) {
			const matches = matchesOf(name, cwd);
			finders.push(matches);
			if ((await matches.find()).length === 0) {
				problems.push(problem('missing', name, 'matches no file; quote the pattern and check its folder'));
			}
		} else if (stats !== undefined && isDatabase(path)) {
			databases.push({name, path});
		} else {
			files.push({name, path, isExplicit: true});
		}
	}

	return {files, finders, trees, databases, streams: [...streams.values()], problems};
};

// Loaded only if nothing exists at a path, so that a report on one file does not need it.
const isPattern = async (name: string): Promise<boolean> => (await import('tinyglobby')).isDynamicPattern(name);

/** What to read in a named folder. */
const inFolder = (name: string, path: string, agents: readonly Place[], problems: SourceProblem[]) => {
	try {
		const found = contentsOf(path, agents);
		const isEmpty = found.logs.length === 0 && found.databases.length === 0;
		if (isEmpty && !found.trees.some(tree => holdsTranscripts(join(path, tree)))) {
			problems.push(found.trees.length > 0 ? emptyTree(name) : problem('empty-folder', name, empty));
		}

		return found;
	} catch (error) {
		problems.push(problem('unreadable', name, whyUnreadable(error, 'listed')));
		return {logs: [], trees: [], databases: []};
	}
};
