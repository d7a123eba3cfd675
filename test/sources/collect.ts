import {EventEmitter} from 'node:events';
import {mkdirSync, mkdtempSync, readdirSync, readlinkSync, realpathSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import type {FSWatcher} from 'chokidar';
import {onTestFinished} from 'vitest';
import {type FileOptions, FileSource} from '../../source/sources/file/file-source.js';
import {FolderWatcher} from '../../source/sources/set/folder-watcher.js';
import {SetSource, type SetSourceOptions} from '../../source/sources/set/set-source.js';
import {TranscriptTree} from '../../source/sources/set/transcripts/transcript-tree.js';
import type {LogFacts, Source, SourceProblem, SourceSink} from '../../source/sources/source.js';

/** A sink that keeps everything, as Latin-1 text so that every byte shows. */
export class Collected implements SourceSink {
	readonly texts: string[] = [];
	readonly heads: boolean[] = [];
	readonly before: (number | undefined)[] = [];
	readonly facts: LogFacts[] = [];
	readonly problems: SourceProblem[] = [];
	readonly names: string[] = [];
	readonly #byName = new Map<string, string>();

	lines(...[log, bytes, head, before]: Parameters<SourceSink['lines']>): void {
		this.names.push(log.name);
		this.#byName.set(log.name, (this.#byName.get(log.name) ?? '') + bytes.toString('latin1'));
		this.texts.push(bytes.toString('latin1'));
		this.heads.push(head);
		this.before.push(before);
	}

	caughtUp(facts: LogFacts): void {
		this.facts.push(facts);
	}

	problem(problem: SourceProblem): void {
		this.problems.push(problem);
	}

	get text(): string {
		return this.texts.join('');
	}

	/** What was read of one log. */
	textOf(name: string): string | undefined {
		return this.#byName.get(name);
	}

	get kinds(): string[] {
		return this.problems.map(({kind}) => kind);
	}
}

/** The file of a descriptor of this process; undefined if it has been closed since it was listed. */
const fileOf = (descriptor: string): string | undefined => {
	try {
		return readlinkSync(`/proc/self/fd/${descriptor}`);
	} catch {
		return undefined;
	}
};

/** Counts the open files of a folder: other tests of the process have files of their own open. Linux alone. */
export class CountedFiles extends Collected {
	readonly #folder: string;
	/** The most there were when lines came. */
	most = 0;

	constructor(folder: string) {
		super();
		this.#folder = folder;
	}

	override lines(...given: Parameters<SourceSink['lines']>): void {
		this.most = Math.max(this.most, this.open);
		super.lines(...given);
	}

	/** How many there are now. */
	get open(): number {
		return readdirSync('/proc/self/fd').filter(descriptor => fileOf(descriptor)?.startsWith(`${this.#folder}/`)).length;
	}
}

/** A new folder, removed after the test. */
export const temporaryFolder = (): string => {
	const folder = realpathSync(mkdtempSync(join(tmpdir(), 'hitrate-sources-')));
	onTestFinished(() => rmSync(folder, {recursive: true, force: true}));
	return folder;
};

/** Writes a file of a folder, and its folders where they are missing; its path. */
export const putInto = (folder: string, name: string, content: string | Buffer): string => {
	const path = join(folder, name);
	mkdirSync(dirname(path), {recursive: true});
	writeFileSync(path, content);
	return path;
};

export const fileSource = (path: string, options: FileOptions = {}): FileSource =>
	new FileSource({id: path, name: path}, path, options);

/** The transcripts below a folder. */
export const treeSource = (name: string, path: string, options: SetSourceOptions = {}): SetSource =>
	new SetSource(name, context => new TranscriptTree(name, path, context), options);

export const readAll = async (source: Source): Promise<Collected> => {
	const collected = new Collected();
	await source.read(collected);
	return collected;
};

/** Follows until the test is finished. */
export const followed = async (source: Source): Promise<Collected & {stop: () => Promise<void>}> => {
	const collected = new Collected();
	const stop = await source.follow(collected);
	onTestFinished(stop);
	return Object.assign(collected, {stop});
};

/** A watcher that never tells anything but an error, if one is given. */
export const deafWatcher = (error?: Error): FolderWatcher =>
	new FolderWatcher(() => {
		const events = new EventEmitter();
		const add = () => setImmediate(() => (error ? events.emit('error', error) : events.emit('ready')));
		return Object.assign(events, {add, close: async () => undefined}) as unknown as FSWatcher;
	});

/** The text that `count` numbered lines make, from `first` on. */
export const numbered = (first: number, count: number): string =>
	Array.from({length: count}, (_, index) => `line ${first + index}\n`).join('');
