import {type CacheEvent, lineOf, messagePrefix, tellsCall} from '../formats/backends/glitchtip/event.js';
import {RecentMap} from '../formats/state/recent-map.js';
import type {Log} from '../log.js';
import {LogSink} from '../sources/log-sink.js';
import type {RemoteCursor} from '../sources/remote-cursor.js';
import type {Source, SourceSink} from '../sources/source.js';
import type {Address} from './address.js';
import {attemptsOverRestart, Client, type ClientOptions, ReadError} from './client.js';
import {defaultBounds, type WalkBounds, walk} from './walk.js';
import {cursorOf, type Progress, progressOf} from './walk-progress.js';

/** Options of a GlitchTip source; all are optional. */
export type GlitchTipOptions = ClientOptions & {
	/** The saved cursor to continue from. */
	readonly resume?: RemoteCursor | undefined;
	/** Milliseconds between polls. Default: 30,000. */
	readonly interval?: number;
	readonly bounds?: WalkBounds;
};

const nothingListed =
	'lists no events. Either the name of the organization or the project is misspelt, or the owner of the token is not a member of it, or nothing was sent there in the last 90 days';

const defaultInterval = 30_000;
/** Number of event ids remembered, so that events in the overlap of two polls are delivered once. */
const mostRemembered = 20_000;

/** The events of a GlitchTip project that are about its prompt cache, each as a line of JSON. */
export class GlitchTipSource implements Source {
	readonly name: string;
	/** Read after logs, which report more about the same calls and take precedence. */
	readonly isSecondary = true;
	readonly log: Log;
	/** The server does not report the number of events. */
	readonly progress = {done: 0, total: 0};
	readonly #clientOf: (attempts: number) => Client;
	readonly #options: GlitchTipOptions;
	readonly #handedOver = new RecentMap<true>(mostRemembered);
	#progress: Progress;
	#calls = 0;
	#bytes = 0;
	#latest: number | undefined;

	/** @param token undefined is reported as a problem when the source is read */
	constructor(address: Address, token: string | undefined, options: GlitchTipOptions = {}) {
		this.name = address.name;
		this.log = {id: address.name, name: address.name};
		this.#clientOf = attempts => new Client(address, token, {attempts, ...options});
		this.#options = options;
		this.#progress = progressOf(options.resume);
		this.#latest = this.#progress.known;
	}

	/** Undefined until something has been read. */
	positionOf(log: string): RemoteCursor | undefined {
		const {known, walk: open} = this.#progress;
		return log === this.log.id && ((known ?? 0) > 0 || open) ? cursorOf(this.#progress) : undefined;
	}

	async read(sink: SourceSink): Promise<void> {
		// A one-off read has no second chance, so it waits for a server that restarts.
		await this.#look(this.#clientOf(attemptsOverRestart), new LogSink(this.log, sink), new AbortController().signal);
	}

	async follow(sink: SourceSink): Promise<() => Promise<void>> {
		const logSink = new LogSink(this.log, sink);
		const stopping = new AbortController();
		const {signal} = stopping;
		const client = this.#clientOf(4);
		let timer: NodeJS.Timeout | undefined;
		let looking = Promise.resolve();
		const lookAgain = (wait: number) => {
			if (!signal.aborted) {
				timer = setTimeout(() => {
					looking = this.#look(client, logSink, signal).then(lookAgain);
				}, wait);
			}
		};
		lookAgain(await this.#look(client, logSink, signal));
		return async () => {
			stopping.abort();
			clearTimeout(timer);
			await looking;
		};
	}

	/** Polls once. @returns milliseconds until the next poll */
	async #look(client: Client, logSink: LogSink, signal: AbortSignal): Promise<number> {
		const {interval = defaultInterval, bounds = defaultBounds} = this.#options;
		const isFirst = (this.#progress.known ?? 0) === 0 && !this.#progress.walk;
		let wait = interval;
		let listed = 0;
		try {
			for await (const {events, progress, listed: more} of walk(client, this.#progress, signal, bounds)) {
				this.#progress = progress;
				listed += more;
				this.#handOver(events, logSink);
			}
			this.#latest = Math.max(this.#latest ?? 0, this.#progress.known ?? 0) || undefined;
			if (isFirst && this.#calls === 0) {
				// To a token without access, the server reports an empty project rather than none.
				if (listed === 0) {
					logSink.problem('unreadable', nothingListed);
				} else {
					logSink.problem('unrecognised', `holds no event whose message begins with "${messagePrefix.trimEnd()}"`);
				}
			}
		} catch (error) {
			if (!(error instanceof ReadError)) {
				throw error;
			}
			if (!signal.aborted) {
				// If events were read before, the log is incomplete rather than unreadable.
				const kind = this.positionOf(this.log.id) ? 'watch-failed' : 'unreadable';
				logSink.problem(kind, error.message);
				wait = Math.max(interval, error.wait ?? 0);
			}
		}
		logSink.caughtUp(this.#bytes, this.#latest);
		return wait;
	}

	#handOver(events: readonly CacheEvent[], logSink: LogSink): void {
		const fresh = events.filter(({id}) => !this.#handedOver.get(id));
		if (fresh.length === 0) {
			return;
		}
		for (const {id} of fresh) {
			this.#handedOver.set(id, true);
		}
		this.#calls += fresh.filter(tellsCall).length;
		const bytes = Buffer.from(fresh.map(lineOf).join(''));
		const isHead = this.#bytes === 0 && this.#options.resume === undefined;
		this.#bytes += bytes.length;
		logSink.lines(bytes, isHead);
	}
}
