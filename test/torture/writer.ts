import {closeSync, existsSync, openSync, writeFileSync, writeSync} from 'node:fs';
import {createRandom} from '../../source/demo/random.js';
import {groupSize, numberedLines} from './numbered.js';

/** How the process that writes a log behaves; given to it as JSON. */
export type WriterOptions = {
	/** Undefined: standard output. */
	readonly path: string | undefined;
	/** Rounded up to whole groups. */
	readonly requests: number;
	readonly requestsPerSecond: number;
	/** On SIGHUP it goes on in the file it has open for a random time up to so many milliseconds, then opens the path anew. */
	readonly reopensWithin?: number;
	/** Ends its writes anywhere, in the middle of lines and characters as well. */
	readonly tearsLines?: boolean;
	/** On SIGUSR2 it makes this file and writes nothing until that is gone. */
	readonly pauseFile?: string;
};

const tick = 20;
const options: WriterOptions = JSON.parse(process.argv[2] ?? '{}');
const {path, pauseFile} = options;
const total = Math.ceil(options.requests / groupSize) * groupSize;
const random = createRandom(total);
const start = Date.now();

let descriptor = path === undefined ? 1 : openSync(path, 'a');
let number = 0;
let held = Buffer.alloc(0);

const put = (bytes: Buffer): void => {
	for (let written = 0; written < bytes.length; ) {
		written += writeSync(descriptor, bytes, written);
	}
};

const flush = (): void => {
	put(held);
	held = Buffer.alloc(0);
};

const write = (): void => {
	const due = Math.min(total, Math.floor(((Date.now() - start) / 1000) * options.requestsPerSecond));
	const count = due === total ? total - number : Math.floor((due - number) / groupSize) * groupSize;
	const bytes = Buffer.concat([held, Buffer.from(numberedLines(number, count, start))]);
	number += count;
	const cut = options.tearsLines ? Math.max(0, bytes.length - random.integer(0, 300)) : bytes.length;
	put(bytes.subarray(0, cut));
	held = bytes.subarray(cut);
};

let reopening: NodeJS.Timeout | undefined;
process.on('SIGHUP', () => {
	reopening ??= setTimeout(
		() => {
			// A line is never left to be finished in another file.
			flush();
			closeSync(descriptor);
			descriptor = openSync(path as string, 'a');
			reopening = undefined;
		},
		random.integer(0, options.reopensWithin ?? 0),
	);
});
process.on('SIGUSR2', () => {
	flush();
	writeFileSync(pauseFile as string, '');
});

const timer = setInterval(() => {
	if (pauseFile !== undefined && existsSync(pauseFile)) {
		return;
	}
	write();
	if (number === total) {
		clearInterval(timer);
		clearTimeout(reopening);
		flush();
	}
}, tick);
