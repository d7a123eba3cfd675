import {monotonic} from '../../time/monotonic.js';
import type {SourceSink} from '../source.js';
import type {FolderWatcher} from './folder-watcher.js';
import {FolderWatches} from './folder-watches.js';
import {SerialPoll} from './serial-poll.js';
import type {SetReading, Thoroughness} from './set-reading.js';

/** How logs are followed. */
type ManyOptions = {
	/** Name of the set, for people. */
	readonly name: string;
	readonly sink: SourceSink;
	readonly watcher: FolderWatcher;
	/** Milliseconds between looks at all folders and at recently written logs. */
	readonly sweep: number;
	/** Milliseconds between looks if watching fails. */
	readonly sweepAlone: number;
	/** Milliseconds between looks at every log. */
	readonly sweepAll: number;
	readonly open: (watches: FolderWatches) => SetReading;
};

/**
 * Follows many logs: events say which ones to look at, and sweeps find what they missed. Resolves when everything that
 * existed has been read, with a function that stops.
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
			lookedAtAll = monotonic();
			await watches.choose(reading.folders);
		}
	});
	let timer: NodeJS.Timeout | undefined;
	const every = (milliseconds: number) => {
		clearInterval(timer);
		timer = setInterval(() => {
			next = monotonic() - lookedAtAll >= sweepAll ? 'everything' : 'what is alive';
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
