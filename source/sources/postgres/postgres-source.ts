import type {Log} from '../../log.js';
import {LogSink} from '../log-sink.js';
import type {RemoteCursor} from '../remote-cursor.js';
import type {Source, SourceSink} from '../source.js';
import type {PostgresAddress} from './address.js';
import {type Connection, connect} from './connect.js';
import {QueryError} from './query-error.js';
import {type SpendLog, spendLogs} from './spend-logs.js';

/** Options for reading the table; all are optional. */
export type PostgresOptions = {
	/** The saved cursor to continue from. */
	readonly resume?: RemoteCursor | undefined;
	/** Milliseconds between polls. Default: 2,000. */
	readonly interval?: number;
};

const minute = 60_000;
const defaultInterval = 2000;
const longestWait = minute;
/**
 * LiteLLM writes a row when its call has ended, and batches rows for up to a minute. A new row may therefore have
 * started before rows that were already read, by the duration of the longest call plus this.
 */
const lateness = 2 * minute;
/** Calls that take longer than this are not waited for on every poll. */
const longestCall = 60 * minute;
/** Number of rows in the overlap that are excluded from the query; rows that are read twice have no effect. */
const mostRemembered = 20_000;

type Progress = {
	/** The latest start of a row that was read, epoch milliseconds; undefined before the first. */
	readonly latest: number | undefined;
	/** The longest call seen, milliseconds. */
	readonly longest: number;
};

/** The table of spend logs in a LiteLLM database: delivers each row once as a line of JSON, oldest first. */
export class PostgresSource implements Source {
	readonly name: string;
	readonly log: Log;
	/** Determining a table's size would not be worth the query. */
	readonly progress = {done: 0, total: 0};
	readonly #address: PostgresAddress;
	readonly #options: PostgresOptions;
	/** Ids of delivered rows, with their start times. */
	readonly #handedOver = new Map<string, number>();
	#progress: Progress;
	#bytes = 0;
	#failures = 0;
	#connection: Connection | undefined;

	constructor(address: PostgresAddress, options: PostgresOptions = {}) {
		this.name = address.name;
		this.log = {id: address.name, name: address.name};
		this.#address = address;
		this.#options = options;
		this.#progress = progressOf(options.resume);
	}

	/** Undefined until something was read. */
	positionOf(log: string): RemoteCursor | undefined {
		return log === this.log.id && this.#progress.latest !== undefined
			? {mark: JSON.stringify(this.#progress)}
			: undefined;
	}

	async read(sink: SourceSink): Promise<void> {
		await this.#poll(new LogSink(this.log, sink), new AbortController().signal);
		await this.#connection?.close();
	}

	async follow(sink: SourceSink): Promise<() => Promise<void>> {
		const logSink = new LogSink(this.log, sink);
		const stopping = new AbortController();
		const {signal} = stopping;
		let timer: NodeJS.Timeout | undefined;
		let polling = Promise.resolve();
		const pollAfter = (wait: number) => {
			if (!signal.aborted) {
				timer = setTimeout(() => {
					polling = this.#poll(logSink, signal).then(pollAfter);
				}, wait);
			}
		};
		pollAfter(await this.#poll(logSink, signal));
		return async () => {
			stopping.abort();
			clearTimeout(timer);
			await polling;
			await this.#connection?.close();
		};
	}

	/**
	 * Reads new rows.
	 * @returns milliseconds until the next poll
	 */
	async #poll(logSink: LogSink, signal: AbortSignal): Promise<number> {
		const {interval = defaultInterval} = this.#options;
		const {latest, longest} = this.#progress;
		const from = latest === undefined ? undefined : latest - Math.min(longest, longestCall) - lateness;
		let wait = interval;
		try {
			if (!this.#connection?.isOpen) {
				this.#connection = await connect(this.#address);
			}
			for await (const rows of spendLogs(this.#connection, {
				table: this.#address.table,
				from,
				known: [...this.#handedOver.keys()],
			})) {
				if (signal.aborted) {
					break;
				}
				this.#handOver(rows, logSink);
			}
			this.#forget();
			this.#failures = 0;
		} catch (error) {
			if (!(error instanceof QueryError)) {
				throw error;
			}
			if (!signal.aborted) {
				logSink.problem(this.#progress.latest === undefined ? 'unreadable' : 'watch-failed', error.message);
			}
			// A connection in an unknown state is not reused.
			await this.#connection?.close();
			this.#failures++;
			wait = Math.min(longestWait, interval * 2 ** Math.min(this.#failures, 10));
		}
		logSink.caughtUp(this.#bytes, this.#progress.latest);
		return wait;
	}

	#handOver(rows: readonly SpendLog[], logSink: LogSink): void {
		let {latest, longest} = this.#progress;
		for (const {id, start, duration} of rows) {
			this.#handedOver.set(id, start);
			latest = Math.max(latest ?? start, start);
			longest = Math.max(longest, duration);
		}
		const bytes = Buffer.from(rows.map(({line}) => `${line}\n`).join(''));
		const isHead = this.#bytes === 0 && this.#options.resume === undefined;
		this.#bytes += bytes.length;
		// Before the lines are delivered, because the position is saved with them.
		this.#progress = {latest, longest};
		logSink.lines(bytes, isHead);
	}

	/** Drops rows that later polls cannot read again. */
	#forget(): void {
		const {latest = 0, longest} = this.#progress;
		const oldest = latest - Math.min(longest, longestCall) - lateness;
		for (const [id, start] of this.#handedOver) {
			if (start < oldest || this.#handedOver.size > mostRemembered) {
				this.#handedOver.delete(id);
			}
		}
	}
}

/** Reads a saved progress; anything else starts over. */
const progressOf = (mark: RemoteCursor | undefined): Progress => {
	try {
		const {latest, longest} = JSON.parse(mark?.mark ?? '{}') as Partial<Progress>;
		return {
			latest: Number.isFinite(latest) ? latest : undefined,
			longest: Number.isFinite(longest) ? (longest as number) : 0,
		};
	} catch {
		return {latest: undefined, longest: 0};
	}
};
