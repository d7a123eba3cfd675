import {type Iteration, inputTokens, type Request, writtenTokens} from '../../request.js';
import type {MeasuredRequest} from '../measured.js';
import {minimumOf} from '../models/minimum-size.js';
import {modelKey} from '../models/model-key.js';
import {cacheFamily} from './cache-family.js';
import type {Facts} from './facts.js';

/**
 * The end of a chain: what its latest request left in the cache. `Key` identifies requests for whoever computes facts.
 */
export type ChainEnd<Key> = Pick<
	Request,
	'time' | 'start' | 'model' | 'agent' | 'agentId' | 'provider' | 'client' | 'settings'
> & {
	readonly key: Key;
	/** Prompt tokens of the latest call. */
	readonly input: number;
	/** Tokens in the cache with a lifetime of one hour; `others` have the lifetime of the model's cache. */
	readonly oneHour: number;
	readonly others: number;
	/** Tokens written by the latest request. */
	readonly written: number;
	/** True for an automatic cache, which reports no writes. */
	readonly automatic: boolean;
	/** True if the chain's requests are known to mark what is cached. */
	readonly marked: boolean;
	/** True if the chain has several requests. */
	readonly continued: boolean;
	/**
	 * True if the chain started together with another of its thread, with the same prefix: they share one cache entry.
	 */
	readonly sharesPrefix: boolean;
	/**
	 * Set if a later request seems to have continued this chain and lost its tokens. Only an exact read proves that it
	 * did not.
	 */
	readonly suspended: Revision<Key> | undefined;
	/** Requests whose kind of cold start changes if this chain continues. */
	readonly waiting: readonly Revision<Key>[];
};

/** An earlier request whose facts have changed, or would change if its chain continued. */
export type Revision<Key> = {readonly key: Key; readonly before: Facts; readonly after: Facts};

/** The start of a chain, kept to recognise chains that start at the same time. */
export type Beginning = Pick<Request, 'time' | 'model'> & {readonly written: number};

/** The state of a thread before its next request. Immutable. */
export type Thread<Key> = {
	/** The ends of open chains, in order of use. */
	readonly ends: readonly ChainEnd<Key>[];
	/** The latest starts of chains, oldest first. */
	readonly beginnings: readonly Beginning[];
};

/** A shared empty list, because nearly every request needs two. */
export const noRevisions: readonly Revision<never>[] = [];

const empty: Thread<never> = {ends: [], beginnings: []};
/** A thread without requests. */
export const newThread = (): Thread<never> => empty;

/** Tokens in the cache after the latest request of a chain, of any lifetime. */
export const held = ({oneHour, others}: Pick<ChainEnd<unknown>, 'oneHour' | 'others'>): number => oneHour + others;

/** When a request was sent or, if unknown, when it was answered; epoch milliseconds. */
export const sentAt = (start: Request['start'], time: Request['time']): number => Math.min(start ?? time, time);

/** The model calls summed by a request; a single one if its line does not list them. */
export const callsOf = ({iterations, usage}: MeasuredRequest): readonly [Iteration, ...Iteration[]] =>
	iterations && iterations.length > 0 ? (iterations as readonly [Iteration, ...Iteration[]]) : [usage];

/** The first of the calls summed by a request: its read shows what was in the cache before. */
export const firstCall = ({iterations, usage}: MeasuredRequest): Iteration => iterations?.[0] ?? usage;

/** True if two logged model names share a cache, being aliases or dated names of one model. */
export const isSameModel = (one: string | undefined, other: string | undefined): boolean =>
	one === other || modelKey(one) === modelKey(other);

/** True if two requests were sent by the same agent of a thread. */
export const isSameAgent = (
	one: Pick<Request, 'agent' | 'agentId'>,
	other: Pick<Request, 'agent' | 'agentId'>,
): boolean => one.agent === other.agent && one.agentId === other.agentId;

/** A prompt below this share of the previous one does not continue it. */
export const leastShare = 0.7;

/** The difference in size between a prompt and the end of a chain. */
export const apart = (input: number, {input: before}: Pick<ChainEnd<unknown>, 'input'>): number =>
	Math.abs(Math.log(input / before));

/**
 * The nearest end that meets a condition. Among equals, ends in use come before suspended ones, then the last used.
 * @param asked passed to `isOne` and `distance`, so that no closures have to be created per request
 */
export const bestOf = <Key, Asked>(
	ends: readonly ChainEnd<Key>[],
	isOne: (end: ChainEnd<Key>, asked: Asked) => boolean,
	distance: (end: ChainEnd<Key>, asked: Asked) => number,
	asked: Asked,
): ChainEnd<Key> | undefined => {
	let best: ChainEnd<Key> | undefined;
	// Mostly only one meets the condition, however far it is.
	let least: number | undefined;
	for (const end of ends) {
		if (isOne(end, asked)) {
			if (!best) {
				best = end;
				continue;
			}
			least ??= distance(best, asked);
			const far = distance(end, asked);
			if (far < least || (far === least && (!end.suspended || best.suspended))) {
				best = end;
				least = far;
			}
		}
	}
	return best;
};

/** Automatic caches match prefixes in steps of this many tokens. */
export const automaticStep = 128;

/**
 * The state of the cache after a request.
 * @param before the end that the request continues
 */
export const endOf = <Key>(request: MeasuredRequest, key: Key, before: ChainEnd<Key> | undefined): ChainEnd<Key> => {
	const {time, start, model, agent, agentId, provider, client, settings, usage} = request;
	const call = request.iterations?.at(-1) ?? usage;
	const family = cacheFamily(model);
	const automatic = family === 'automatic' && writtenTokens(usage) === 0;
	const input = inputTokens(call);
	const {oneHour, others} = automatic
		? {oneHour: 0, others: heldByItself(call, input, model)}
		: heldByMarks(call, before);
	// All ends have all members: objects of one shape are several times faster to create and to read.
	return {
		key,
		time,
		start,
		model,
		agent,
		agentId,
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
		sharesPrefix: false,
		suspended: undefined,
		waiting: noRevisions,
	};
};

/**
 * An end with other flags. Lists all members like `endOf`, because a spread would create another shape and slow down
 * all ends.
 */
export const marked = <Key>(
	end: ChainEnd<Key>,
	{
		sharesPrefix = end.sharesPrefix,
		suspended = end.suspended,
		waiting = end.waiting,
	}: Partial<Pick<ChainEnd<Key>, 'sharesPrefix' | 'suspended' | 'waiting'>>,
): ChainEnd<Key> => ({
	key: end.key,
	time: end.time,
	start: end.start,
	model: end.model,
	agent: end.agent,
	agentId: end.agentId,
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
	sharesPrefix,
	suspended,
	waiting,
});

const heldByItself = ({cacheRead}: Iteration, input: number, model: string | undefined): number =>
	input < minimumOf(model) ? 0 : Math.max(Math.floor(input / automaticStep) * automaticStep, cacheRead);

/** Entries with a lifetime of one hour come first; what was read keeps its lifetime. */
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
