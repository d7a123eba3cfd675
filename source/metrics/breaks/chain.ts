import {type Iteration, inputTokens, type Request, writtenTokens} from '../../request.js';
import type {MeasuredRequest} from '../measured.js';
import {minimumOf} from '../models/minimum-size.js';
import {modelKey} from '../models/model-key.js';
import {cacheFamily} from './cache-family.js';
import type {Facts} from './facts.js';

/** The end of a chain: what its latest request left in the cache. `Key` is how whoever counts finds a request again. */
export type ChainEnd<Key> = Pick<Request, 'time' | 'start' | 'model' | 'agent' | 'provider' | 'client' | 'settings'> & {
	readonly key: Key;
	/** Prompt tokens of the latest call. */
	readonly input: number;
	/** Tokens in the cache that live for an hour; the others live as long as the model's cache does. */
	readonly oneHour: number;
	readonly others: number;
	/** Tokens that its latest request wrote. */
	readonly written: number;
	/** The cache fills by itself and tells no writes. */
	readonly automatic: boolean;
	/** It is known that its requests mark what is to be cached. */
	readonly marked: boolean;
	/** More than one request is in it. */
	readonly continued: boolean;
	/** It began at the same time as another of its thread, with the same prefix: together they are warm once. */
	readonly twin: boolean;
	/** A later request seems to have gone on with it and lost what it held: only an exact read shows that it did not. */
	readonly asleep: Revision<Key> | undefined;
	/** Requests whose cold start is another kind once this chain continues. */
	readonly waiting: readonly Revision<Key>[];
};

/** An earlier request whose facts are others now, or would be if its chain continued. */
export type Revision<Key> = {readonly key: Key; readonly before: Facts; readonly after: Facts};

/** The first request of a chain, as one that is sent with it is known by. */
export type Beginning = Pick<Request, 'time' | 'model'> & {readonly written: number};

/** A thread as its next request finds it. Immutable. */
export type Thread<Key> = {
	/** The ends of its open chains, in order of use. */
	readonly ends: readonly ChainEnd<Key>[];
	/** The latest chains that began, oldest first. */
	readonly beginnings: readonly Beginning[];
};

/** No requests: one list for all, because nearly every request has two of them. */
export const noRevisions: readonly Revision<never>[] = [];

const empty: Thread<never> = {ends: [], beginnings: []};
/** A thread without requests. */
export const newThread = (): Thread<never> => empty;

/** Tokens in the cache after the latest request of a chain, whatever their lifetime. */
export const held = ({oneHour, others}: Pick<ChainEnd<unknown>, 'oneHour' | 'others'>): number => oneHour + others;

/** When a request was sent; where that is not known, when it was answered. */
export const sentAt = (start: Request['start'], time: Request['time']): number => Math.min(start ?? time, time);

/** The calls that a request's line sums; one where it does not tell them apart. */
export const callsOf = ({iterations, usage}: MeasuredRequest): readonly [Iteration, ...Iteration[]] =>
	iterations && iterations.length > 0 ? (iterations as readonly [Iteration, ...Iteration[]]) : [usage];

/** The first of the calls that a request's line sums: what it read tells what was in the cache before it. */
export const firstCall = ({iterations, usage}: MeasuredRequest): Iteration => iterations?.[0] ?? usage;

/** Whether two models, as logged, share a cache: aliases and dated names are one model. */
export const isSameModel = (one: string | undefined, other: string | undefined): boolean =>
	one === other || modelKey(one) === modelKey(other);

/** A prompt that is smaller than this share of the one before is no continuation of it. */
export const leastShare = 0.7;

/** How far two prompts are apart in size. */
export const apart = (input: number, {input: before}: Pick<ChainEnd<unknown>, 'input'>): number =>
	Math.abs(Math.log(input / before));

/**
 * Of those ends that a condition holds of the nearest; of equals one that is awake, then the one used last.
 * @param asked is handed to `isOne` and `distance`, which so need not be made for each request
 */
export const bestOf = <Key, Asked>(
	ends: readonly ChainEnd<Key>[],
	isOne: (end: ChainEnd<Key>, asked: Asked) => boolean,
	distance: (end: ChainEnd<Key>, asked: Asked) => number,
	asked: Asked,
): ChainEnd<Key> | undefined => {
	let best: ChainEnd<Key> | undefined;
	let least = Number.POSITIVE_INFINITY;
	for (const end of ends) {
		if (isOne(end, asked)) {
			const far = distance(end, asked);
			if (!best || far < least || (far === least && (!end.asleep || best.asleep))) {
				best = end;
				least = far;
			}
		}
	}
	return best;
};

/** Caches that fill by themselves are looked up in steps of so many tokens. */
export const automaticStep = 128;

/**
 * What a request leaves in the cache.
 * @param before the end that it continues
 */
export const endOf = <Key>(request: MeasuredRequest, key: Key, before: ChainEnd<Key> | undefined): ChainEnd<Key> => {
	const {time, start, model, agent, provider, client, settings, usage} = request;
	const call = request.iterations?.at(-1) ?? usage;
	const family = cacheFamily(model);
	const automatic = family === 'automatic' && writtenTokens(usage) === 0;
	const input = inputTokens(call);
	const {oneHour, others} = automatic
		? {oneHour: 0, others: heldByItself(call, input, model)}
		: heldByMarks(call, before);
	// All ends have all members: objects of one shape are several times faster to make and to read.
	return {
		key,
		time,
		start,
		model,
		agent,
		provider,
		client,
		settings,
		input,
		oneHour,
		others,
		written: call.cacheWrite5m + call.cacheWrite1h,
		automatic,
		marked: family === 'marked' || writtenTokens(usage) > 0 || (before?.marked ?? false),
		continued: before !== undefined,
		twin: false,
		asleep: undefined,
		waiting: noRevisions,
	};
};

/**
 * An end with other marks. Its members are written out as in `endOf`: what a spread makes is of another shape, and that
 * makes all ends slower to read.
 */
export const marked = <Key>(
	end: ChainEnd<Key>,
	{
		twin = end.twin,
		asleep = end.asleep,
		waiting = end.waiting,
	}: Partial<Pick<ChainEnd<Key>, 'twin' | 'asleep' | 'waiting'>>,
): ChainEnd<Key> => ({
	key: end.key,
	time: end.time,
	start: end.start,
	model: end.model,
	agent: end.agent,
	provider: end.provider,
	client: end.client,
	settings: end.settings,
	input: end.input,
	oneHour: end.oneHour,
	others: end.others,
	written: end.written,
	automatic: end.automatic,
	marked: end.marked,
	continued: end.continued,
	twin,
	asleep,
	waiting,
});

const heldByItself = ({cacheRead}: Iteration, input: number, model: string | undefined): number =>
	input < minimumOf(model) ? 0 : Math.max(Math.floor(input / automaticStep) * automaticStep, cacheRead);

/** One-hour entries precede the others; what was read keeps the lifetime that it was written with. */
const heldByMarks = (
	{cacheRead, cacheWrite5m, cacheWrite1h}: Iteration,
	before: ChainEnd<unknown> | undefined,
): Pick<ChainEnd<unknown>, 'oneHour' | 'others'> => {
	const keptHour = before
		? before.others === 0 && before.oneHour > 0
			? cacheRead
			: Math.min(cacheRead, before.oneHour)
		: cacheWrite1h > 0 && cacheWrite5m === 0
			? cacheRead
			: 0;
	return {oneHour: keptHour + cacheWrite1h, others: cacheRead - keptHour + cacheWrite5m};
};
