import {type Request, type Usage, writtenTokens} from '../../request.js';
import {defaultLifetime, lifetimeOf, writtenFor} from './lifetime.js';
import {type Loss, lossOf} from './loss.js';

/** What is known of a request from those of its thread before it. It holds tokens and times only: prices come later. */
export type Facts = {
	/** Since the thread's request with usage before it, milliseconds; undefined for the first, and without a thread. */
	readonly gap: number | undefined;
	/** The cached tokens that it lost, where it is a break. */
	readonly loss: Loss | undefined;
	/** Tokens it would have read if all writes of the thread had lived for five minutes. */
	readonly readFiveMinutes: number;
	/** The same for an hour. */
	readonly readOneHour: number;
};

/** A request and its facts. */
export type Counted = {readonly request: Request; readonly facts: Facts};

/** What a request left in the cache of its thread. */
export type Cached = {
	readonly time: number;
	readonly model: string | undefined;
	/** Tokens read and written: the prefix that the next request can expect. */
	readonly tokens: number;
	/** Milliseconds that it lives unused. */
	readonly lifetime: number;
};

/** A thread as its next request finds it. Immutable. */
export type ThreadState = {
	/** After the latest request with usage. */
	readonly latest: Cached;
	/** After the latest whose usage is not a guess: only such tell breaks. */
	readonly known: Cached | undefined;
	/** Tokens up to which blocks were cached so far, as far as the usage is not a guess. */
	readonly boundaries: readonly number[];
	/** Whether anything was written so far: the first write tells how long what was read before it lived. */
	readonly wrote: boolean;
};

/** The ends of blocks that are remembered of a thread. */
export const mostBoundaries = 64;
const minute = 60_000;

/**
 * The facts of a thread's next request, and the thread behind it. Undefined facts' state: the thread as it was.
 * @param first how long the cache lives that the thread began with, milliseconds
 */
export const follow = (
	before: ThreadState | undefined,
	request: Request,
	first: number = defaultLifetime,
): {readonly facts: Facts; readonly state: ThreadState | undefined} => {
	const {usage, time, model} = request;
	if (!usage || request.thread === undefined) {
		return {facts: {...noFacts, ...(usage ? asRead(usage) : {})}, state: before};
	}
	const tokens = usage.cacheRead + writtenTokens(usage);
	const lifetime = lifetimeOf(usage, before?.latest.lifetime ?? first);
	const guessed = usage.accuracy === 'estimated' || usage.accuracy === 'fallback';
	const known = guessed
		? before?.known
		: {time, model, tokens, lifetime: lifetimeOf(usage, before?.known?.lifetime ?? first)};
	return {
		facts: {
			gap: before && time - before.latest.time,
			loss: guessed || !before?.known ? undefined : lossOf(request, usage, before.known, before.boundaries),
			readFiveMinutes: readUnder(request, usage, before?.latest, 5 * minute),
			readOneHour: readUnder(request, usage, before?.latest, 60 * minute),
		},
		state: {
			latest: {time, model, tokens, lifetime},
			known,
			boundaries: guessed
				? (before?.boundaries ?? [])
				: withBoundaries(before?.boundaries ?? [], usage.cacheRead, tokens),
			wrote: (before?.wrote ?? false) || writtenTokens(usage) > 0,
		},
	};
};

const asRead = ({cacheRead}: Usage) => ({readFiveMinutes: cacheRead, readOneHour: cacheRead});

/** Of a request that has no usage. */
export const noFacts: Facts = {gap: undefined, loss: undefined, readFiveMinutes: 0, readOneHour: 0};

/** What a request would have read had the cache lived for `lifetime`. */
const readUnder = (request: Request, usage: Usage, before: Cached | undefined, lifetime: number): number => {
	if (!before) {
		return usage.cacheRead;
	}
	const gap = request.time - before.time;
	const lives = gap <= lifetime;
	if (lives === gap <= before.lifetime) {
		return usage.cacheRead;
	}
	if (!lives) {
		return 0;
	}
	const samePrefix = request.model === before.model && !request.rebuilt && request.missReason === undefined;
	return samePrefix
		? Math.max(usage.cacheRead, Math.min(before.tokens, usage.cacheRead + writtenTokens(usage)))
		: usage.cacheRead;
};

/** Adds where the cache of one more request begins and ends; the oldest are forgotten. */
const withBoundaries = (boundaries: readonly number[], ...ends: readonly number[]): readonly number[] => {
	const added = ends.filter((end, index) => end > 0 && ends.indexOf(end) === index);
	if (added.every((end, index) => boundaries[boundaries.length - added.length + index] === end)) {
		return boundaries;
	}
	return [...boundaries.filter(boundary => !added.includes(boundary)), ...added].slice(-mostBoundaries);
};

/**
 * How long the cache lives that a thread began with: as long as its first write; the usual where it has written nothing.
 * @param requests of one thread, oldest first
 */
export const firstLifetime = (requests: readonly Request[]): number => {
	for (const {usage} of requests) {
		const lifetime = usage && writtenFor(usage);
		if (lifetime !== undefined) {
			return lifetime;
		}
	}
	return defaultLifetime;
};

/** The facts of all requests, in their order: oldest first. */
export const factsOf = (requests: readonly Request[]): readonly Counted[] => {
	const threads = new Map<string, Request[]>();
	for (const request of requests) {
		if (request.thread !== undefined && request.usage) {
			const thread = threads.get(request.thread);
			if (thread) {
				thread.push(request);
			} else {
				threads.set(request.thread, [request]);
			}
		}
	}
	const facts = new Map<Request, Facts>();
	for (const thread of threads.values()) {
		const first = firstLifetime(thread);
		let state: ThreadState | undefined;
		for (const request of thread) {
			const next = follow(state, request, first);
			facts.set(request, next.facts);
			state = next.state;
		}
	}
	return requests.map(request => ({request, facts: facts.get(request) ?? follow(undefined, request).facts}));
};
