import {createReadStream, existsSync, readdirSync, realpathSync, type Stats, statSync} from 'node:fs';
import {basename, dirname, join, resolve} from 'node:path';
import type {Readable} from 'node:stream';
import {glob, isDynamicPattern} from 'tinyglobby';
import {type FileOptions, FileSource} from './file-source.js';
import {rotatedFrom} from './rotated-name.js';
import type {Log, Source, SourceProblem} from './source.js';
import {StreamSource} from './stream-source.js';

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

const logName = /\.(?:log|jsonl|ndjson|json|out|err)(?:[-._]{1,2}(?:old|\d[\d._:T-]*))?(?:\.gz)?$/;

/** A file of a folder that is a log, or one rotated away, by its name. */
const isLogName = (name: string): boolean => !name.startsWith('.') && logName.test(name);

const problem = (kind: SourceProblem['kind'], name: string, message: string): SourceProblem => ({
	kind,
	name,
	message: `${name}: ${message}`,
	count: 1,
});

const realPath = (path: string): string => {
	try {
		return realpathSync(path);
	} catch {
		return path;
	}
};

const statsOf = (path: string): Stats | undefined => {
	try {
		return statSync(path, {throwIfNoEntry: false});
	} catch {
		return undefined;
	}
};

type Candidate = {readonly name: string; readonly path: string; readonly stats: Stats | undefined};

/**
 * Finds what arguments name: files, globs, folders (their logs, not those of folders within), `-` for standard input,
 * and pipes (`/dev/stdin`, `<(command)`). A file named twice, by whatever path, is one source. Without arguments,
 * those of the default paths that exist.
 */
export const resolveSources = async (names: readonly string[], options: ResolveOptions = {}): Promise<Resolved> => {
	const {cwd = process.cwd(), stdin = () => process.stdin, fileOptions = () => ({})} = options;
	const problems: SourceProblem[] = [];
	const candidates: Candidate[] = [];
	const streams = new Map<string, Source>();
	const candidate = (name: string, path = resolve(cwd, name)): Candidate => ({name, path, stats: statsOf(path)});

	const lookedAt = names.length > 0 ? names : defaultPaths;
	const wanted = names.length > 0 ? names : defaultPaths.filter(path => existsSync(resolve(cwd, path)));
	for (const name of wanted) {
		const named = candidate(name);
		if (name === '-') {
			streams.set('-', new StreamSource({id: '-', name: 'stdin'}, stdin));
		} else if (named.stats?.isDirectory()) {
			const logs = logsIn(named, problems);
			candidates.push(...logs.map(log => candidate(join(name, log), join(named.path, log))));
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

	return {sources: [...filesOf(candidates, fileOptions), ...streams.values()], problems, lookedAt};
};

const logsIn = (folder: Candidate, problems: SourceProblem[]): string[] => {
	try {
		const logs = readdirSync(folder.path)
			.filter(name => isLogName(name) && statsOf(join(folder.path, name))?.isFile())
			.sort();
		if (logs.length === 0) {
			problems.push(
				problem('empty-folder', folder.name, 'holds no logs (*.log, *.jsonl, *.json, rotated or .gz); name a file'),
			);
		}

		return logs;
	} catch {
		problems.push(problem('unreadable', folder.name, 'may not be listed; check its permissions'));
		return [];
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
		const log: Log = {id: realPath(path), name};
		// Its live log is followed as well: what is rotated into this name later comes from there.
		const still = rotatedFrom(basename(path)).some(base => inFolder.get(dirname(path))?.has(base));
		return new FileSource(log, path, {still, ...fileOptions(log)});
	});
};
