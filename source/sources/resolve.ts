import {resolve} from 'node:path';
import type {Readable} from 'node:stream';
import type {Log} from '../log.js';
import {homeFolder} from '../system/home.js';
import {isInputPiped} from '../system/piped-input.js';
import {statsAt} from '../system/stats-at.js';
import {type Place, placesOf, systemOf} from './agents/find-places.js';
import {LaterAgents} from './agents/later-agents.js';
import {DatabaseSource} from './database/database-source.js';
import type {ChangeStamp} from './file/change-stamp.js';
import {type FileOptions, FileSource} from './file/file-source.js';
import {groupRotations, type NamedFile} from './file/history/group-rotations.js';
import type {Position} from './file/position.js';
import {realPathOf} from './real-path.js';
import type {RemoteCursor} from './remote-cursor.js';
import {defaultPaths} from './roots.js';
import {namedFiles} from './set/log-finder.js';
import {NamedLogs} from './set/named-logs.js';
import {SetSource} from './set/set-source.js';
import {distinctTrees, isInTree} from './set/transcripts/distinct-trees.js';
import {TranscriptTree} from './set/transcripts/transcript-tree.js';
import type {TranscriptFolder} from './set/transcripts/transcripts.js';
import {holdsTranscripts} from './set/transcripts/tree-listing.js';
import {emptyTree, sortArguments, treeName} from './sort-arguments.js';
import type {Source, SourceProblem} from './source.js';
import {execSource} from './stream/exec-source.js';

type ResolveOptions = {
	/** Base of relative paths; the process's current folder by default. */
	readonly cwd?: string;
	/** Environment that may name agents' folders; that of the process by default. */
	readonly env?: Readonly<Record<string, string | undefined>>;
	/** The user's home folder; that of the process's user by default. */
	readonly home?: string;
	readonly stdin?: () => Readable;
	/** Returns the saved position of a log that begins to be read. */
	readonly resume?: ((log: Log) => Position | undefined) | undefined;
	/** Returns the saved position of a log, for a look at how much is unread; by default, that of `resume`. */
	readonly positionOf?: ((log: Log) => Position | undefined) | undefined;
	/**
	 * Returns the state of a log's file when it had been read completely; called once for each of thousands in a tree.
	 */
	readonly stampOf?: ((log: Log) => ChangeStamp | undefined) | undefined;
	/** Returns the saved cursor of a database that begins to be read. */
	readonly resumeRows?: ((log: Log) => RemoteCursor | undefined) | undefined;
	/** Shell commands whose output is read as well. With one, default paths are not searched. */
	readonly exec?: readonly string[];
	/** How logs are followed. */
	readonly following?: Pick<FileOptions, 'sweep' | 'sweepAlone' | 'drainTimeouts' | 'watcher'>;
};

type Resolved = {
	readonly sources: readonly Source[];
	/** Arguments that could not be resolved. A missing file is a source, which reports that itself. */
	readonly problems: readonly SourceProblem[];
	/** Follows agents that are installed later; undefined if sources were named. */
	readonly later?: Source | undefined;
	/** Paths and globs that were searched, for messages. */
	readonly lookedAt: readonly string[];
};

/**
 * Resolves arguments to sources: files, databases of agents, globs, folders (with logs or agents' files), `-` for
 * standard input, and pipes (`/dev/stdin`, `<(command)`). A file named twice, by any path, is one source. Devices are
 * rejected: `/dev/zero` never ends. Without arguments, the existing default paths or, if there are none, the agents on
 * this machine.
 */
export const resolveSources = async (names: readonly string[], options: ResolveOptions = {}): Promise<Resolved> => {
	const {cwd = process.cwd(), env = process.env, home = homeFolder(env), exec = []} = options;
	const {stdin = () => process.stdin} = options;
	const findAgents = () => placesOf({env, home, systems: [systemOf(process.platform)]});
	let found: readonly Place[] | undefined;
	// Joining hundreds of paths takes longer than finding a file that was named.
	const agents = () => {
		found ??= findAgents();
		return found;
	};
	const isDefault = names.length === 0 && exec.length === 0;
	const wanted = isDefault ? defaultPaths.filter(path => statsAt(resolve(cwd, path))) : names;
	const named = await sortArguments(wanted, {cwd, agents, stdin});
	const {files, finders, streams} = named;

	const usesAgents = isDefault && wanted.length === 0;
	const there = usesAgents ? existing(agents()) : [];
	const trees = [...named.trees, ...there.filter(({kind}) => kind === 'tree')];
	const databases = [...named.databases, ...there.filter(({kind}) => kind === 'database')];
	const problems = [...named.problems, ...(usesAgents ? emptyTrees(there) : [])];

	const distinct = distinctTrees(trees);
	const isElsewhere = (path: string) => distinct.some(tree => isInTree(path, tree));
	const {resume, positionOf, stampOf, following} = options;
	const tree = ({name, path}: TranscriptFolder) =>
		new SetSource(name, context => new TranscriptTree(name, path, context), {
			...sweepsOfTrees,
			resume,
			positionOf,
			stampOf,
		});
	const database = ({name, path}: TranscriptFolder) => databaseSource(name, path, options);
	return {
		sources: [
			...(finders.length > 0 || files.length > mostSingle
				? [
						new SetSource(
							setName(wanted),
							context => new NamedLogs([namedFiles(files), ...finders], isElsewhere, context),
							{...following, resume, positionOf, stampOf},
						),
					]
				: filesOf(
						files.filter(({path}) => !isElsewhere(path)),
						options,
					)),
			...distinct.map(tree),
			...distinctFiles(databases).map(database),
			...streams,
			...[...new Set(exec)].map(command => execSource(command)),
		],
		problems,
		later: usesAgents
			? new LaterAgents({
					find: () => findAgents().filter(({path}) => statsAt(path)),
					open: place => (place.kind === 'tree' ? tree(place) : database(place)),
				})
			: undefined,
		lookedAt: isDefault
			? [
					...defaultPaths,
					`the folders of ${new Set(agents().map(({agent}) => agent)).size} coding agents`,
					...(isInputPiped() ? ['standard input only if it is named, as in: … | hitrate -'] : []),
				]
			: [...names, ...exec],
	};
};

/** A tree may have thousands of folders, which are all listed in a sweep. */
const sweepsOfTrees = {sweep: 5000, sweepAlone: 1000};

const databaseSource = (name: string, path: string, {resumeRows, following}: ResolveOptions): DatabaseSource => {
	const log: Log = {id: realPathOf(path), name};
	return new DatabaseSource(log, path, {
		resume: resumeRows?.(log),
		...(following?.watcher && {watcher: following.watcher}),
	});
};

/** The first of several paths to the same file. */
const distinctFiles = (files: readonly TranscriptFolder[]): readonly TranscriptFolder[] =>
	[...new Map(files.toReversed().map(file => [realPathOf(file.path), file])).values()].toReversed();

/** Maximum number of named files that are followed individually. */
const mostSingle = 16;

/** The name of a set: `logs`, or `logs and 2 more`. */
const setName = ([first = '', ...more]: readonly string[]): string =>
	`${treeName(first, '.')}${more.length > 0 ? ` and ${more.length} more` : ''}`;

/** The existing places of agents. */
const existing = (agents: readonly Place[]): readonly Place[] =>
	agents.filter(({path, kind}) => statsAt(path)?.isDirectory() === (kind === 'tree'));

/** Empty folders of agents are a problem only if all are empty. */
const emptyTrees = (there: readonly Place[]): readonly SourceProblem[] =>
	there.some(({path, kind}) => kind === 'database' || mayHoldTranscripts(path))
		? []
		: there.map(({name}) => emptyTree(name));

/** A folder that cannot be listed reports that itself. */
const mayHoldTranscripts = (folder: string): boolean => {
	try {
		return holdsTranscripts(folder);
	} catch {
		return true;
	}
};

const filesOf = (files: readonly NamedFile[], {resume, following}: ResolveOptions): FileSource[] => {
	const distinct = new Map<string, NamedFile>();
	for (const file of files) {
		const stats = statsAt(file.path);
		const key = stats === undefined ? file.path : `${stats.dev}:${stats.ino}`;
		distinct.set(key, distinct.get(key) ?? file);
	}

	return groupRotations([...distinct.values()]).map(({name, path, history}) => {
		const log: Log = {id: realPathOf(path), name};
		return new FileSource(log, path, {...following, history, resume: resume?.(log)});
	});
};
