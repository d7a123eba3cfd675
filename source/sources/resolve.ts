import {createReadStream, type Stats} from 'node:fs';
import {homedir} from 'node:os';
import {basename, dirname, join, resolve} from 'node:path';
import type {Readable} from 'node:stream';
import {glob, isDynamicPattern} from 'tinyglobby';
import {distinctTrees, isInTree} from './distinct-trees.js';
import {type FileOptions, FileSource} from './file-source.js';
import {contentsOf} from './folder-argument.js';
import {realPathOf} from './real-path.js';
import {rotatedFrom} from './rotated-name.js';
import type {Log, Source, SourceProblem} from './source.js';
import {StreamSource} from './stream-source.js';
import {type TranscriptFolder, transcriptFolders} from './transcripts.js';
import {holdsTranscripts, statsAt} from './tree-listing.js';
import {TreeSource} from './tree-source.js';

/** Where logs are looked for when none is named, relative to the current folder. */
export const defaultPaths = [
	'logs/worker.log',
	'logs/backend.log',
	'backend/logs/worker.log',
	'backend/logs/backend.log',
] as const;

export type ResolveOptions = {
	/** Relative paths start here; the current folder of the process unless given. */
	readonly cwd?: string;
	/** Where agents are told to keep their transcripts; that of the process unless given. */
	readonly env?: Readonly<Record<string, string | undefined>>;
	/** The user's home folder; that of the process's user unless given. */
	readonly home?: string;
	readonly stdin?: () => Readable;
	/** Options of one log's file, for instance the position to resume from. */
	readonly fileOptions?: (log: Log) => FileOptions;
};

export type Resolved = {
	readonly sources: readonly Source[];
	/** Arguments that led to no source. A file that is missing is a source, and tells so itself. */
	readonly problems: readonly SourceProblem[];
	/** Paths and patterns as they were looked at, for a message that names them. */
	readonly lookedAt: readonly string[];
};

const problem = (kind: SourceProblem['kind'], name: string, message: string): SourceProblem => ({
	kind,
	name,
	message: `${name}: ${message}`,
	count: 1,
});

const empty = 'holds no logs (*.log, *.jsonl, *.json, rotated or .gz); name a file';
const untouched = 'holds no transcripts yet';
const unlistable = 'may not be listed; check its permissions';

type Candidate = {readonly name: string; readonly path: string; readonly stats: Stats | undefined};

/**
 * Finds what arguments name: files, globs, folders (their logs, or the tree of an agent's transcripts), `-` for
 * standard input, and pipes (`/dev/stdin`, `<(command)`). A file named twice, by whatever path, is one source. Without
 * arguments, those of the default paths that exist; where none does, the transcripts of the agents on this machine.
 */
export const resolveSources = async (names: readonly string[], options: ResolveOptions = {}): Promise<Resolved> => {
	const {cwd = process.cwd(), env = process.env, home = homedir()} = options;
	const {stdin = () => process.stdin, fileOptions = () => ({})} = options;
	const problems: SourceProblem[] = [];
	const candidates: Candidate[] = [];
	const trees: TranscriptFolder[] = [];
	const streams = new Map<string, Source>();
	const candidate = (name: string, path = resolve(cwd, name)): Candidate => ({name, path, stats: statsAt(path)});

	const agents = transcriptFolders(env, home);
	const isDefault = names.length === 0;
	const wanted = isDefault ? defaultPaths.filter(path => statsAt(resolve(cwd, path))) : names;
	for (const name of wanted) {
		const named = candidate(name);
		if (name === '-') {
			streams.set('-', new StreamSource({id: '-', name: 'stdin'}, stdin));
		} else if (named.stats?.isDirectory()) {
			const found = inFolder(named, agents, problems);
			candidates.push(...found.logs.map(log => candidate(join(name, log), join(named.path, log))));
			trees.push(...found.trees.map(tree => ({name: treeName(name, tree), path: join(named.path, tree)})));
		} else if (named.stats !== undefined && !named.stats.isFile()) {
			streams.set(named.path, new StreamSource({id: named.path, name}, () => createReadStream(named.path)));
		} else if (named.stats === undefined && isDynamicPattern(name)) {
			const paths = await glob(name, {cwd, dot: true, expandDirectories: false});
			candidates.push(...paths.sort().map(path => candidate(path)));
			if (paths.length === 0) {
				problems.push(problem('missing', name, 'matches no file; quote the pattern and check its folder'));
			}
		} else {
			candidates.push(named);
		}
	}

	if (isDefault && wanted.length === 0) {
		trees.push(...existing(agents, problems));
	}

	const distinct = distinctTrees(trees);
	const files = candidates.filter(({path}) => !distinct.some(tree => isInTree(path, tree)));
	return {
		sources: [
			...filesOf(files, fileOptions),
			...distinct.map(({name, path}) => new TreeSource(name, path)),
			...streams.values(),
		],
		problems,
		lookedAt: isDefault ? [...defaultPaths, ...agents.map(({name}) => name)] : names,
	};
};

/** Of `logs/` and `.`, `logs`. */
const treeName = (folder: string, tree: string): string => join(folder, tree).replace(/(?<=.)\/$/, '');

/** What to read of a folder that was named. */
const inFolder = ({name, path}: Candidate, agents: readonly TranscriptFolder[], problems: SourceProblem[]) => {
	try {
		const found = contentsOf(path, agents);
		if (found.logs.length === 0 && !found.trees.some(tree => holdsTranscripts(join(path, tree)))) {
			problems.push(problem('empty-folder', name, found.trees.length > 0 ? untouched : empty));
		}

		return found;
	} catch {
		problems.push(problem('unreadable', name, unlistable));
		return {logs: [], trees: []};
	}
};

/** The agents' folders that exist. That some are empty is a problem only where all are. */
const existing = (agents: readonly TranscriptFolder[], problems: SourceProblem[]): TranscriptFolder[] => {
	const there = agents.filter(({path}) => statsAt(path)?.isDirectory());
	if (!there.some(({path}) => mayHoldTranscripts(path))) {
		problems.push(...there.map(({name}) => problem('empty-folder', name, untouched)));
	}

	return there;
};

/** A folder that may not be listed tells so itself. */
const mayHoldTranscripts = (folder: string): boolean => {
	try {
		return holdsTranscripts(folder);
	} catch {
		return true;
	}
};

const filesOf = (candidates: readonly Candidate[], fileOptions: (log: Log) => FileOptions): FileSource[] => {
	const files = new Map<string, Candidate>();
	const inFolder = new Map<string, Set<string>>();
	for (const file of candidates) {
		const key = file.stats === undefined ? file.path : `${file.stats.dev}:${file.stats.ino}`;
		if (!files.has(key)) {
			files.set(key, file);
			const folder = dirname(file.path);
			const names = inFolder.get(folder) ?? new Set();
			inFolder.set(folder, names.add(basename(file.path)));
		}
	}

	return [...files.values()].map(({name, path}) => {
		const log: Log = {id: realPathOf(path), name};
		// Its live log is followed as well: what is rotated into this name later comes from there.
		const still = rotatedFrom(basename(path)).some(base => inFolder.get(dirname(path))?.has(base));
		return new FileSource(log, path, {still, ...fileOptions(log)});
	});
};
