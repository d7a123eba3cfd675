import {type CacheEvent, readEvent} from '../formats/backends/glitchtip/event.js';
import {objectOf, textAt} from '../formats/json/json-values.js';
import {monotonic} from '../time/monotonic.js';
import {parseStamp, utc} from '../time/stamp.js';
import {type Client, type Page, ReadError} from './client.js';
import type {Progress} from './walk-progress.js';

/** A page's events about the cache, oldest first, and the progress after it. */
type Step = {
	readonly events: readonly CacheEvent[];
	readonly progress: Progress;
	/** Number of events of any kind on the page. */
	readonly listed: number;
};

/** Milliseconds before `known` that are read again: an event may be listed after one that was received later. */
const overlap = 60_000;
/** Limits of one poll, since a server's list may never end. The next poll continues from there. */
export type WalkBounds = {
	readonly pages: number;
	/** Total bytes of the responses, as text. */
	readonly bytes: number;
	/** Milliseconds. */
	readonly time: number;
};

/** Default limits of a poll: 2,000 pages, 512 MiB, two minutes. */
export const defaultBounds: WalkBounds = {pages: 2000, bytes: 512 << 20, time: 120_000};

/** Counts what is read, and throws a `ReadError` at a limit. */
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

/** Reads new events; first the rest of an unfinished walk. Throws a `ReadError`. */
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
			// The server no longer knows the cursor: start again from the newest event.
			if (!(error instanceof ReadError) || (error.status !== 400 && error.status !== 404)) {
				throw error;
			}
		}
	}
	yield* walkBack(client, {known, walk: undefined}, signal, count);
}

/** Walks from the newest event, or from a cursor, back to `known`. */
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
		// If the server's clock is ahead, events up to that time would be skipped.
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

/** Epoch milliseconds, by the server's clock. */
const receivedAt = (value: unknown): number | undefined => {
	const event = objectOf(value);
	return parseStamp(
		textAt(event, 'dateReceived', 'date_received', 'dateCreated', 'date_created')?.slice(0, 40) ?? '',
		utc,
	);
};
