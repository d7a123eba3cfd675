import {type Usage, untimed} from '../../request.js';
import {isMeasured, type MeasuredRequest, type TracedRequest} from '../measured.js';
import {causeOf, reasonOf, reportedCause} from './cause.js';
import {
	type ChainEnd,
	endOf,
	firstCall,
	held,
	isSameModel,
	marked,
	noRevisions,
	type Revision,
	sentAt,
	type Thread,
} from './chain.js';
import {chooseEnd} from './choose.js';
import {coldKindOf, withBeginning} from './cold-start.js';
import {type ColdKind, coldStart, type Facts, factsAlone} from './facts.js';
import {idleTime, isStale, longestLifetime, readsUnder} from './lifetime.js';
import {isBreak, lostOf, lostWithin, paidOfMissed} from './lost.js';
import {opened, replaced} from './open-ends.js';
import {type PaidTokens, sumOfPaid} from './paid-tokens.js';

/** The effect of a thread's next request. */
type Step<Key> = {
	readonly facts: Facts;
	readonly revised: readonly Revision<Key>[];
	readonly thread: Thread<Key>;
};

/** Maximum number of cold starts whose kind may change when a chain continues. */
const mostWaiting = 8;
/** Milliseconds after which facts are not revised any more, however long the chain lives. */
const longestDoubt = 60 * 60_000;

/**
 * True if the facts of a request follow from its thread: it has a time, and its log reports what was read from the
 * cache.
 */
export const isFollowed = <Some extends TracedRequest>(request: Some): request is Some & {readonly usage: Usage} =>
	request.time !== untimed && isMeasured(request);

/**
 * The log to use for ordering requests of equal time; undefined for requests outside of chains, which have no place in
 * that order.
 */
export const logInOrder = <Log>(request: TracedRequest, log: Log): Log | undefined =>
	isFollowed(request) ? log : undefined;

/**
 * Computes the facts of a thread's next request, and the thread's state after it.
 * @param key identifies the request if a later one revises its facts
 */
export const follow = <Key>(thread: Thread<Key>, request: TracedRequest, key: Key): Step<Key> => {
	if (request.thread === undefined || !isFollowed(request)) {
		return {facts: factsAlone(request), revised: noRevisions, thread};
	}
	const chosen = chooseEnd(thread, request);
	if (!chosen) {
		return begin(thread, request, key);
	}
	return chosen.match === 'read'
		? continueByRead(thread, request, key, chosen.end)
		: continueBySize(thread, request, key, chosen.end);
};

/** The request starts a chain, or leaves nothing in the cache. */
const begin = <Key>(thread: Thread<Key>, request: MeasuredRequest, key: Key): Step<Key> => {
	const end = endOf(request, key, undefined);
	const reported = thread.ends.length === 0 ? reportedLoss(request) : undefined;
	if (reported) {
		return {facts: reported, revised: noRevisions, thread: threadAfter(thread, undefined, end)};
	}
	if (held(end) === 0) {
		return {facts: factsAlone(request), revised: noRevisions, thread};
	}
	const {kind, over} = coldKindOf(thread, request);
	const facts = coldFacts(request, kind);
	const ends = over
		? replaced(
				thread.ends,
				over,
				marked(over, {
					waiting: [...over.waiting, {key, before: facts, after: coldFacts(request, 'side')}].slice(-mostWaiting),
				}),
			)
		: thread.ends;
	return {
		facts,
		revised: noRevisions,
		thread: {
			ends: opened(ends, kind === 'together' ? marked(end, {sharesPrefix: true}) : end),
			beginnings: withBeginning(thread.beginnings, request),
		},
	};
};

const coldFacts = (request: MeasuredRequest, kind: ColdKind | undefined): Facts => {
	const {readFiveMinutes, readOneHour} = factsAlone(request);
	const cold = kind && coldStart(kind, request.usage);
	return {gap: undefined, loss: undefined, small: undefined, cold, readFiveMinutes, readOneHour};
};

/** The first logged request of a thread lost what the provider reports as missed. */
const reportedLoss = (request: MeasuredRequest): Facts | undefined => {
	const {missTokens = 0} = request;
	const lost = paidOfMissed(missTokens, firstCall(request));
	if (missTokens <= 0 || sumOfPaid(lost) === 0) {
		return undefined;
	}
	const {oneHour, fiveMinutes, input} = lost;
	const {readFiveMinutes, readOneHour} = factsAlone(request);
	const {cause, detail} = reportedCause(reasonOf(request));
	const loss = {oneHour, fiveMinutes, input, cause, detail, gap: undefined, provisionalUntil: undefined};
	return {gap: undefined, loss, small: undefined, cold: undefined, readFiveMinutes, readOneHour};
};

/**
 * The request read what a chain has in the cache: that chain continues, even if an earlier request seemed to have
 * broken it.
 */
const continueByRead = <Key>(
	thread: Thread<Key>,
	request: MeasuredRequest,
	key: Key,
	before: ChainEnd<Key>,
): Step<Key> => {
	const lost = before.automatic ? lostWithin(request) : lostOf(request, before);
	const {suspended} = before;
	const waiting = revisedByContinuing(request, before);
	return {
		facts: continuedFacts(request, before, false, smallLoss(lost, before)),
		revised: suspended ? [...waiting, suspended] : waiting,
		thread: threadAfter(thread, before, endOf(request, key, before)),
	};
};

/** The request seems to continue a chain, but did not read what that has in the cache. */
const continueBySize = <Key>(
	thread: Thread<Key>,
	request: MeasuredRequest,
	key: Key,
	before: ChainEnd<Key>,
): Step<Key> => {
	const lost = lostOf(request, before);
	const end = endOf(request, key, before);
	if (!isBreak(lost, request, before)) {
		return {
			facts: continuedFacts(request, before, false, smallLoss(lost, before)),
			revised: revisedByContinuing(request, before),
			thread: threadAfter(thread, before, end),
		};
	}
	const cause = causeOf(request, before);
	const gap = idleTime(request, before);
	const isFinal = cause.cause === 'expired' || cause.cause === 'concurrent';
	const {oneHour, fiveMinutes, input} = lost;
	const facts = continuedFacts(request, before, cause.cause === 'expired' && isSamePrompt(request, before), undefined, {
		oneHour,
		fiveMinutes,
		input,
		cause: cause.cause,
		detail: cause.detail,
		gap,
		provisionalUntil: isFinal
			? undefined
			: sentAt(before.start, before.time) + Math.min(longestLifetime(before), longestDoubt),
	});
	switch (cause.cause) {
		case 'expired':
			return {
				facts,
				revised: revisedByContinuing(request, before),
				thread: threadAfter(thread, before, end),
			};
		case 'concurrent':
			// The other chain continues in parallel.
			return {facts, revised: noRevisions, thread: threadAfter(thread, undefined, marked(end, {sharesPrefix: true}))};
		default: {
			const isSwitch = !isSameModel(request.model, before.model) || isOtherProvider(request, before);
			const after = held(end) === 0 ? factsAlone(request) : coldFacts(request, isSwitch ? 'switched' : 'side');
			const suspended = marked(before, {suspended: {key, before: facts, after}, waiting: noRevisions});
			return {
				facts,
				revised: revisedByContinuing(request, before),
				thread: {ends: opened(replaced(thread.ends, before, suspended), end), beginnings: thread.beginnings},
			};
		}
	}
};

/** True if only the time can explain why a chain was not read. */
const isSamePrompt = (request: MeasuredRequest, before: ChainEnd<unknown>): boolean =>
	isSameModel(request.model, before.model) && !request.rebuilt && reasonOf(request) === undefined;

const smallLoss = (lost: PaidTokens, {automatic}: ChainEnd<unknown>): Facts['small'] => {
	const {oneHour, fiveMinutes, input} = lost;
	return sumOfPaid(lost) > 0 ? {oneHour, fiveMinutes, input, automatic} : undefined;
};

const isOtherProvider = (request: MeasuredRequest, {provider}: ChainEnd<unknown>): boolean =>
	request.provider !== undefined && provider !== undefined && request.provider !== provider;

/** The thread after a request that continued a chain; if `before` is undefined, after one that started a chain. */
const threadAfter = <Key>(
	{ends, beginnings}: Thread<Key>,
	before: ChainEnd<Key> | undefined,
	end: ChainEnd<Key>,
): Thread<Key> => ({ends: opened(ends, end, before), beginnings});

/** The facts of a request that continues a chain. */
const continuedFacts = (
	request: MeasuredRequest,
	before: ChainEnd<unknown>,
	lostToExpiry: boolean,
	small: Facts['small'],
	loss?: Facts['loss'],
): Facts => {
	const {readFiveMinutes, readOneHour} = readsUnder(request, before, lostToExpiry);
	return {gap: idleTime(request, before), loss, small, cold: undefined, readFiveMinutes, readOneHour};
};

/** The chain continues, so cold starts that depended on this were parallel to it. */
const revisedByContinuing = <Key>(request: MeasuredRequest, end: ChainEnd<Key>): readonly Revision<Key>[] =>
	end.waiting.length === 0 || isStale(request, end) ? noRevisions : end.waiting;
