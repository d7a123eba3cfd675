import {type CacheEvent, readEvent} from '../formats/backends/glitchtip/event.js';
import {objectOf, textAt} from '../formats/json/json-values.js';
import {monotonic} from '../time/monotonic.js';
import {parseStamp, utc} from '../time/stamp.js';
import {type Client, type Page, ReadError} from './client.js';
import type {Progress} from './walk-progress.js';

/** What a page told of the cache, oldest first, and how far the project is read with it. */
type Step = {
	readonly events: readonly CacheEvent[];
	readonly progress: Progress;
	/** Events of any kind on the page. */
	readonly listed: number;
};

/** Milliseconds before what is known that are read again: an event may be listed behind one that was received later. */
const overlap = 60_000;
/** What one look reads at most: a server's list may never end. The next look continues where it stopped. */
export type WalkBounds = {
	readonly pages: number;
	/** Of all answers, as text. */
	readonly bytes: number;
	/** Milliseconds. */
	readonly time: number;
};

/** Bounds of one walk through the events of a project: 2,000 pages, 512 MiB, two minutes. */
export const defaultBounds: WalkBounds = {pages: 2000, bytes: 512 << 20, time: 120_000};

/** Counts what is read, and throws a `ReadError` where a bound is reached. */
const bounded = ({pages, bytes, time}: WalkBounds) => {
	const end = monotonic() + time;
	let [pagesRead, bytesRead] = [0, 0];
	return (page: Page): void => {
		pagesRead++;
		bytesRead += page.bytes;
		const reached =
			pagesRead >= pages
				? `${pages} pages`
				: bytesRead >= bytes
					? `${Math.round(bytes / 2 ** 20)} MB`
					: monotonic() >= end
						? `${Math.round(time / 1000)} s`
						: undefined;
		if (reached !== undefined) {
			throw new ReadError(
				`lists more events than are read at once: stopped after ${reached}; the next run goes on there`,
				undefined,
			);
		}
	};
};

/** Reads what is new: first the rest of a walk that was broken off. Throws a `ReadError`. */
export async function* walk(
	client: Client,
	from: Progress,
	signal: AbortSignal,
	bounds: WalkBounds = defaultBounds,
): AsyncGenerator<Step, void> {
	let {known} = from;
	const count = bounded(bounds);
	if (from.walk) {
		try {
			for await (const step of walkBack(client, from, signal, count)) {
				known = step.progress.known;
				yield step;
			}
		} catch (error) {
			// The server no longer knows the cursor: begin with the newest event.
			if (!(error instanceof ReadError) || (error.status !== 400 && error.status !== 404)) {
				throw error;
			}
		}
	}
	yield* walkBack(client, {known, walk: undefined}, signal, count);
}

/** From the newest event, or where a walk has come to, back to what is known. */
async function* walkBack(
	client: Client,
	{known, walk: begun}: Progress,
	signal: AbortSignal,
	count: (page: Page) => void,
): AsyncGenerator<Step, void> {
	const passed = new Set<string>();
	let newest = begun?.newest;
	let cursor = begun?.cursor;
	for (;;) {
		const page = await client.page(cursor, signal);
		const {events, next} = page;
		const times = events.flatMap(event => receivedAt(event) ?? []);
		// Where the server's clock is ahead, events until then would be skipped.
		newest ??= Math.min(
			Date.now(),
			times.reduce((one, other) => Math.max(one, other), known ?? 0),
		);
		const isKnown = (time: number | undefined) => time !== undefined && time < (known ?? 0) - overlap;
		const isLast = next === undefined || passed.has(next) || events.length === 0 || times.some(isKnown);
		yield {
			events: events
				.filter(event => !isKnown(receivedAt(event)))
				.flatMap(event => readEvent(event) ?? [])
				.reverse(),
			listed: events.length,
			progress: isLast ? {known: newest, walk: undefined} : {known, walk: {newest, cursor: next}},
		};
		if (isLast) {
			return;
		}
		count(page);
		passed.add(next);
		cursor = next;
	}
}

/** Epoch milliseconds, by the clock of the server. */
const receivedAt = (value: unknown): number | undefined => {
	const event = objectOf(value);
	return parseStamp(
		textAt(event, 'dateReceived', 'date_received', 'dateCreated', 'date_created')?.slice(0, 40) ?? '',
		utc,
	);
};
