import type {SourceSink} from '../source.js';
import type {FolderWatcher} from './folder-watcher.js';
import {FolderWatches, type WatchedFolder} from './folder-watches.js';
import {SerialPoll} from './serial-poll.js';

/** How thoroughly to look for what no event told of. */
export type Thoroughness = 'not at all' | 'what is alive' | 'everything';

/** Reads what is new in many logs. */
export type ManyReading<Folder> = {
	/** Folders that logs are in, or may come to. */
	readonly folders: Iterable<Folder>;
	/** Something happened to a name in a folder, or to anything there; the next look goes after it. */
	note(folder: Folder, name: string | undefined): void;
	look(thoroughness: Thoroughness): Promise<void>;
	/** Makes a running look end soon. */
	stop(): void;
	/** Closes what is open. */
	close(): void;
};

export type ManyOptions<Folder extends WatchedFolder> = {
	/** Of the whole, as a person knows it. */
	readonly name: string;
	readonly sink: SourceSink;
	readonly watcher: FolderWatcher;
	/** Milliseconds between two looks at all folders and the logs written to of late. */
	readonly sweep: number;
	/** The same where watching fails. */
	readonly sweepAlone: number;
	/** Milliseconds between two looks at every log. */
	readonly sweepAll: number;
	/** Watched before the first look. */
	readonly first: readonly Folder[];
	readonly open: (watches: FolderWatches<Folder>) => ManyReading<Folder>;
};

/**
 * Follows many logs: events tell which of them to look at, and sweeps find what they missed. Resolves when all that was
 * there has been read, to what ends it.
 */
export const followMany = async <Folder extends WatchedFolder>({
	name,
	sink,
	watcher,
	sweep,
	sweepAlone,
	sweepAll,
	first,
	open,
}: ManyOptions<Folder>): Promise<() => Promise<void>> => {
	let told = false;
	const failed = (error: Error) => {
		if (!told) {
			told = true;
			every(Math.min(sweep, sweepAlone));
			const message = `${name}: cannot be watched and is looked at every ${sweepAlone} ms (${error.message})`;
			sink.problem({kind: 'watch-failed', name, message, count: 1});
		}
	};
	const watches = new FolderWatches<Folder>(watcher, folder => ({
		wake: changed => {
			reading.note(folder, changed);
			poll.wake();
		},
		failed,
	}));
	const reading = open(watches);
	let next: Thoroughness = 'everything';
	let lookedAtAll = 0;
	const poll = new SerialPoll(async () => {
		const now = next;
		next = 'not at all';
		await reading.look(now);
		if (now === 'everything') {
			lookedAtAll = Date.now();
			await watches.choose(reading.folders);
		}
	});
	let timer: NodeJS.Timeout | undefined;
	const every = (milliseconds: number) => {
		clearInterval(timer);
		timer = setInterval(() => {
			next = Date.now() - lookedAtAll >= sweepAll ? 'everything' : 'what is alive';
			poll.wake();
		}, milliseconds);
	};

	await watches.add(first);
	await poll.now();
	if (!told) {
		every(sweep);
	}

	return async () => {
		clearInterval(timer);
		reading.stop();
		await poll.stop();
		watches.close();
		reading.close();
	};
};
