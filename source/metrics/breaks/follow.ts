import {type Request, untimed} from '../../request.js';
import {isMeasured, type MeasuredRequest} from '../measured.js';
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
import {isBreak, lostOf, lostWithin, type PaidTokens, paidOfMissed, sumOfPaid} from './lost.js';
import {opened, replaced} from './open-ends.js';

/** What a thread's next request changes. */
type Step<Key> = {
	readonly facts: Facts;
	readonly revised: readonly Revision<Key>[];
	readonly thread: Thread<Key>;
};

/** Cold starts that one chain can turn into another kind. */
const mostWaiting = 8;
/** However long a chain lives, facts are not revised later than this, milliseconds. */
const longestDoubt = 60 * 60_000;

/** Whether the facts of a thread's requests follow from it: its log tells its time and what was read from the cache. */
export const isFollowed = (request: Request): request is MeasuredRequest =>
	request.time !== untimed && isMeasured(request);

/**
 * What tells the log of a request from others where requests of one time are put in order: one from which no facts follow
 * takes no place in its log.
 */
export const logInOrder = <Log>(request: Request, log: Log): Log | undefined => (isFollowed(request) ? log : undefined);

/**
 * The facts of a thread's next request, and the thread behind it.
 * @param key how whoever counts finds the request again, where a later one revises its facts
 */
export const follow = <Key>(thread: Thread<Key>, request: Request, key: Key): Step<Key> => {
	if (request.thread === undefined || !isFollowed(request)) {
		return {facts: factsAlone(request), revised: noRevisions, thread};
	}
	const chosen = chooseEnd(thread, request);
	if (!chosen) {
		return begin(thread, request, key);
	}
	return chosen.match === 'read'
		? readOn(thread, request, key, chosen.end)
		: readOtherwise(thread, request, key, chosen.end);
};

/** It begins a chain, or leaves nothing in the cache. */
const begin = <Key>(thread: Thread<Key>, request: MeasuredRequest, key: Key): Step<Key> => {
	const end = endOf(request, key, undefined);
	const reported = thread.ends.length === 0 ? reportedLoss(request) : undefined;
	if (reported) {
		return {facts: reported, revised: noRevisions, thread: goneOn(thread, undefined, end)};
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
			ends: opened(ends, kind === 'together' ? marked(end, {twin: true}) : end),
			beginnings: withBeginning(thread.beginnings, request),
		},
	};
};

const coldFacts = (request: MeasuredRequest, kind: ColdKind | undefined): Facts => {
	const {readFiveMinutes, readOneHour} = factsAlone(request);
	const cold = kind && coldStart(kind, request.usage);
	return {gap: undefined, loss: undefined, small: undefined, cold, readFiveMinutes, readOneHour};
};

/** A thread's first request in the log lost what the provider says it missed. */
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

/** It read what a chain holds: the chain continues, whatever a request before it seemed to show. */
const readOn = <Key>(thread: Thread<Key>, request: MeasuredRequest, key: Key, before: ChainEnd<Key>): Step<Key> => {
	const lost = before.automatic ? lostWithin(request) : lostOf(request, before);
	const {asleep} = before;
	const waiting = goesOn(request, before);
	return {
		facts: continuing(request, before, false, smallLoss(lost, before)),
		revised: asleep ? [...waiting, asleep] : waiting,
		thread: goneOn(thread, before, endOf(request, key, before)),
	};
};

/** It did not read what the chain holds that it seems to continue. */
const readOtherwise = <Key>(
	thread: Thread<Key>,
	request: MeasuredRequest,
	key: Key,
	before: ChainEnd<Key>,
): Step<Key> => {
	const lost = lostOf(request, before);
	const end = endOf(request, key, before);
	if (!isBreak(lost, request, before)) {
		return {
			facts: continuing(request, before, false, smallLoss(lost, before)),
			revised: goesOn(request, before),
			thread: goneOn(thread, before, end),
		};
	}
	const cause = causeOf(request, before);
	const gap = idleTime(request, before);
	const isFinal = cause.cause === 'expired' || cause.cause === 'concurrent';
	const {oneHour, fiveMinutes, input} = lost;
	const facts = continuing(request, before, cause.cause === 'expired' && isSamePrompt(request, before), undefined, {
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
				revised: goesOn(request, before),
				thread: goneOn(thread, before, end),
			};
		case 'concurrent':
			// The other continues beside it.
			return {facts, revised: noRevisions, thread: goneOn(thread, undefined, marked(end, {twin: true}))};
		default: {
			const isSwitch = !isSameModel(request.model, before.model) || isOtherProvider(request, before);
			const after = held(end) === 0 ? factsAlone(request) : coldFacts(request, isSwitch ? 'switched' : 'side');
			const asleep = marked(before, {asleep: {key, before: facts, after}, waiting: noRevisions});
			return {
				facts,
				revised: goesOn(request, before),
				thread: {ends: opened(replaced(thread.ends, before, asleep), end), beginnings: thread.beginnings},
			};
		}
	}
};

/** Whether nothing but time tells why a chain was not read. */
const isSamePrompt = (request: MeasuredRequest, before: ChainEnd<unknown>): boolean =>
	isSameModel(request.model, before.model) && !request.rebuilt && reasonOf(request) === undefined;

const smallLoss = (lost: PaidTokens, {automatic}: ChainEnd<unknown>): Facts['small'] => {
	const {oneHour, fiveMinutes, input} = lost;
	return sumOfPaid(lost) > 0 ? {oneHour, fiveMinutes, input, automatic} : undefined;
};

const isOtherProvider = (request: MeasuredRequest, {provider}: ChainEnd<unknown>): boolean =>
	request.provider !== undefined && provider !== undefined && request.provider !== provider;

/** The thread behind a request that continued with a chain; beside those that are open where that is undefined. */
const goneOn = <Key>(
	{ends, beginnings}: Thread<Key>,
	before: ChainEnd<Key> | undefined,
	end: ChainEnd<Key>,
): Thread<Key> => ({ends: opened(ends, end, before), beginnings});

/** The facts of a request that continues a chain. */
const continuing = (
	request: MeasuredRequest,
	before: ChainEnd<unknown>,
	lostToExpiry: boolean,
	small: Facts['small'],
	loss?: Facts['loss'],
): Facts => {
	const {readFiveMinutes, readOneHour} = readsUnder(request, before, lostToExpiry);
	return {gap: idleTime(request, before), loss, small, cold: undefined, readFiveMinutes, readOneHour};
};

/** Cold starts that waited for a chain to continue began beside it. */
const goesOn = <Key>(request: MeasuredRequest, end: ChainEnd<Key>): readonly Revision<Key>[] =>
	end.waiting.length === 0 || isStale(request, end) ? noRevisions : end.waiting;
