import {type CacheEvent, readEvent} from '../formats/glitchtip/event.js';
import {objectOf, textAt} from '../formats/json/json-values.js';
import {parseStamp, utc} from '../time/stamp.js';
import {type Client, ReadError} from './client.js';
import type {Progress} from './mark.js';

/** What a page told of the cache, oldest first, and how far the project is read with it. */
export type Step = {readonly events: readonly CacheEvent[]; readonly progress: Progress};

/** An event may be listed behind one received later: so many milliseconds before what is known are read again. */
const overlap = 60_000;
/** A server whose list never ends is left alone until the next look. */
const mostPages = 20_000;

/** Reads what is new: first the rest of a walk that was broken off. Throws a `ReadError`. */
export async function* walk(client: Client, from: Progress, signal: AbortSignal): AsyncGenerator<Step, void> {
	let {known} = from;
	if (from.walk) {
		try {
			for await (const step of walkBack(client, from, signal)) {
				known = step.progress.known;
				yield step;
			}
		} catch (error) {
			// A server may forget its cursors.
			if (!(error instanceof ReadError) || (error.status !== 400 && error.status !== 404)) {
				throw error;
			}
		}
	}
	yield* walkBack(client, {known, walk: undefined}, signal);
}

/** From the newest event, or where a walk has come to, back to what is known. */
async function* walkBack(
	client: Client,
	{known, walk: begun}: Progress,
	signal: AbortSignal,
): AsyncGenerator<Step, void> {
	const passed = new Set<string>();
	let newest = begun?.newest;
	let cursor = begun?.cursor;
	for (let pages = 0; pages < mostPages; pages++) {
		const {events, next} = await client.page(cursor, signal);
		const times = events.flatMap(event => receivedAt(event) ?? []);
		// A clock that is ahead must not hide what comes until then.
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
			progress: isLast ? {known: newest, walk: undefined} : {known, walk: {newest, cursor: next}},
		};
		if (isLast) {
			return;
		}
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
