import type {Log} from '../log.js';
import type {Mark} from '../metrics/marks.js';
import type {Source, SourceSink} from '../sources/source.js';
import {agentTranscript} from './agent-log.js';
import {simulateBackend} from './backend.js';
import type {LogRecord} from './writing/log-record.js';
import {renderColour} from './writing/render-console.js';

/** Options of the demo's log. */
export type DemoOptions = {
	/** The current time in epoch milliseconds. */
	readonly now: () => number;
	/** The same seed and clock give the same log. */
	readonly seed: number;
};

const log: Log = {id: 'demo', name: 'demo'};
const agentLog: Log = {id: 'demo agent', name: 'demo agent'};
const hour = 3_600_000;
const day = 24 * hour;
const days = 7;
/** The history is simulated in periods with their own rate, to follow the rhythm of a day. */
const stretchLength = 2 * hour;
/** Calls per second at noon: on the last day, and on the days before. */
const busyRate = 0.022;
const quietRate = 0.003;
/** Length of the last period of the history, busy enough for short windows without being the peak of its day. */
const latestLength = hour / 4;
const latestRate = 0.06;
/** Live calls are more frequent, so that the viewer sees one every two or three seconds. */
const liveRate = 0.4;
/** Milliseconds by which the simulation starts earlier, so that the first record finds calls in progress. */
const underWay = 60_000;
/** Maximum number of records delivered at once. */
const batchSize = 2_000;
const newline = 0x0a;
const longestWait = 1_000;
/** A faulty deploy at 14:10 UTC, rolled back at 14:45. */
const deployedAt = 14 * hour + hour / 6;
const takenBackAt = 14 * hour + (3 * hour) / 4;

/** A period of the log with its own rate. */
type Stretch = {readonly from: number; readonly to: number; readonly rate: number; readonly threads: number};

/** A week of working days, busiest at noon, the last one unfinished, followed by live traffic. */
const stretchesUntil = (now: number): readonly Stretch[] => {
	const latest = now - latestLength;
	const stretches: Stretch[] = [];
	for (let from = now - days * day; from < latest; from += stretchLength) {
		const noon = Math.max(0.4, Math.sin(((((from / hour) % 24) - 6) / 12) * Math.PI));
		const rate = noon * (from < now - day ? quietRate : busyRate);
		stretches.push({from, to: Math.min(latest, from + stretchLength), rate, threads: 6});
	}
	return [
		...stretches,
		{from: latest, to: now - underWay, rate: latestRate, threads: 6},
		{from: now - underWay, to: Number.POSITIVE_INFINITY, rate: liveRate, threads: 16},
	];
};

/** The latest incident that has ended. */
const incidentBefore = (now: number): {readonly from: number; readonly to: number} => {
	const midnight = Math.floor(now / day) * day;
	const start = midnight + takenBackAt <= now - latestLength ? midnight : midnight - day;
	return {from: start + deployedAt, to: start + takenBackAt};
};

/** The marks that a team would have added. */
export const demoMarks = (now: number): readonly Mark[] => [{time: incidentBefore(now).from, name: 'deploy 1.4'}];

const simulate = function* (now: number, seed: number): Generator<LogRecord, void, undefined> {
	// Calls in progress at the end of a period end in the next one, whose earlier lines come first.
	let held: LogRecord[] = [];
	for (const [index, {from, to, rate, threads}] of stretchesUntil(now).entries()) {
		const late: LogRecord[] = [];
		const stamped = incidentBefore(now);
		const options = {stamped, seed: seed + index, start: from, requestsPerSecond: rate, threads, noise: 0.3};
		for (const step of simulateBackend({...options, ...(to <= now ? {end: to} : {}), billed: true})) {
			for (const record of step.records) {
				while (held[0] !== undefined && held[0].time <= record.time) {
					yield held.shift() as LogRecord;
				}

				if (record.time < to) {
					yield record;
				} else {
					late.push(record);
				}
			}
		}

		held = [...held, ...late].sort((one, other) => one.time - other.time);
	}
};

/**
 * The log of a simulated backend: a week of history with one incident on its last day, then live lines in real time,
 * about one call every two or three seconds. Also the transcript of a coding agent in two projects, up to now. `read`
 * delivers the history only.
 */
export const demoSource = ({now, seed}: DemoOptions): Source => {
	const start = (sink: SourceSink) => {
		const transcript = Buffer.from(agentTranscript(now(), seed));
		sink.lines(agentLog, transcript, true, 0);
		const transcriptLines = transcript.filter(byte => byte === newline).length;
		const size = transcript.length;
		sink.caughtUp({log: agentLog, size, read: size, lines: transcriptLines, modified: now()});
		const records = simulate(now(), seed);
		let next = records.next();
		let read = 0;
		let lines = 0;
		let modified = now();

		const deliver = (batch: readonly LogRecord[]) => {
			const bytes = Buffer.from(renderColour(batch));
			if (bytes.length === 0) {
				return;
			}

			sink.lines(log, bytes, read === 0);
			read += bytes.length;
			for (let at = bytes.indexOf(newline); at !== -1; at = bytes.indexOf(newline, at + 1)) {
				lines++;
			}
		};

		/** Delivers what is due, and returns the time of the next line. */
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
		progress: {done: 0, total: 0},
		positionOf: () => undefined,
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
