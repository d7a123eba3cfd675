import type {SourceSink} from '../source.js';
import type {FolderWatcher} from './folder-watcher.js';
import {FolderWatches} from './folder-watches.js';
import {SerialPoll} from './serial-poll.js';
import type {SetReading, Thoroughness} from './set-reading.js';

/** How many logs are followed. */
type ManyOptions = {
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
	readonly open: (watches: FolderWatches) => SetReading;
};

/**
 * Follows many logs: events tell which of them to look at, and sweeps find what they missed. Resolves when all that was
 * there has been read, to what ends it.
 */
export const followMany = async ({
	name,
	sink,
	watcher,
	sweep,
	sweepAlone,
	sweepAll,
	open,
}: ManyOptions): Promise<() => Promise<void>> => {
	let told = false;
	const failed = (error: Error) => {
		if (!told) {
			told = true;
			every(Math.min(sweep, sweepAlone));
			const message = `${name}: cannot be watched and is looked at every ${sweepAlone} ms (${error.message})`;
			sink.problem({kind: 'watch-failed', name, message, count: 1});
		}
	};
	const watches = new FolderWatches(watcher, folder => ({
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

	await watches.add([...reading.folders]);
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
