import type {Log, Source, SourceSink} from '../sources/source.js';
import {simulateBackend} from './backend.js';
import type {LogRecord} from './log-record.js';
import {type Rendering, renderRecords} from './render.js';

export type DemoOptions = {
	/** The clock, epoch milliseconds. */
	readonly now: () => number;
	/** The same seed and clock give the same log. */
	readonly seed: number;
	readonly rendering?: Rendering;
};

const log: Log = {id: 'demo', name: 'demo'};
const hour = 3_600_000;
const historyLength = 7 * 24 * hour;
/** The last stretch of the history has the pace of what follows, so that short windows are full at once. */
const busyLength = hour / 4;
const quietRate = 0.0018;
const liveRate = 0.6;
/** How many records are handed over at once. */
const batchSize = 2_000;
const longestWait = 1_000;

const generation = '2025-10-16';

/** A week in which the installation was lightly used, and then the busy day that goes on. */
const simulate = function* (now: number, seed: number): Generator<LogRecord, void, undefined> {
	const busyFrom = now - busyLength;
	const quiet = {seed, start: now - historyLength, end: busyFrom, requestsPerSecond: quietRate, threads: 6, noise: 0.3};
	const held: LogRecord[] = [];
	for (const step of simulateBackend({...quiet, generation, billed: true})) {
		for (const record of step.records) {
			if (record.time < busyFrom) {
				yield record;
			} else {
				held.push(record);
			}
		}
	}

	// The last quiet calls end within the busy stretch: their lines come first where they are earlier.
	const busy = {seed: seed + 1, start: busyFrom, requestsPerSecond: liveRate, threads: 20, noise: 0.3};
	for (const step of simulateBackend({...busy, generation, billed: true})) {
		for (const record of step.records) {
			while (held[0] !== undefined && held[0].time <= record.time) {
				yield held.shift() as LogRecord;
			}

			yield record;
		}
	}
};

/**
 * The log of a simulated backend: a week of history, then live lines in real time, about one call every two seconds.
 * `read` gives the history alone.
 */
export const demoSource = ({now, seed, rendering = 'colour'}: DemoOptions): Source => {
	const start = (sink: SourceSink) => {
		const records = simulate(now(), seed);
		let next = records.next();
		let read = 0;
		let lines = 0;
		let modified = now();

		const deliver = (batch: readonly LogRecord[]) => {
			const bytes = Buffer.from(renderRecords(batch, rendering, {exceptions: 'dicts'}));
			if (bytes.length === 0) {
				return;
			}

			sink.lines(log, bytes, read === 0);
			read += bytes.length;
			for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) {
				lines++;
			}
		};

		/** Hands over what is due by now. Returns the time of the next line. */
		const advance = (): number => {
			const due = now();
			let batch: LogRecord[] = [];
			while (!next.done && next.value.time <= due) {
				modified = next.value.time;
				batch.push(next.value);
				if (batch.length === batchSize) {
					deliver(batch);
					batch = [];
				}

				next = records.next();
			}

			deliver(batch);
			sink.caughtUp({log, size: read, read, lines, modified});
			return next.done ? Number.POSITIVE_INFINITY : next.value.time;
		};

		return advance;
	};

	return {
		name: 'demo',
		read: async sink => {
			start(sink)();
		},
		follow: async sink => {
			const advance = start(sink);
			let timer: NodeJS.Timeout | undefined;
			const schedule = (nextTime: number) => {
				const wait = Math.min(Math.max(nextTime - now(), 10), longestWait);
				timer = setTimeout(() => schedule(advance()), wait);
				timer.unref();
			};

			schedule(advance());
			return async () => {
				clearTimeout(timer);
			};
		},
	};
};
