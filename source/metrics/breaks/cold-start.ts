import {inputTokens, writtenTokens} from '../../request.js';
import type {MeasuredRequest} from '../measured.js';
import {soonAfter, wroteTheSame} from './cause.js';
import {
	apart,
	type Beginning,
	bestOf,
	type ChainEnd,
	firstCall,
	isSameModel,
	leastShare,
	type Thread,
} from './chain.js';
import type {ColdKind} from './facts.js';

/** So much of a first prompt was in the cache already: nothing began cold. */
const warmShare = 0.95;

/** Chains that began and may have been sent together with the next. */
const mostBeginnings = 8;

/** Remembers that a chain began. */
export const withBeginning = (
	beginnings: readonly Beginning[],
	{time, model, usage}: MeasuredRequest,
): readonly Beginning[] => [...beginnings, {time, model, written: writtenTokens(usage)}].slice(-mostBeginnings);

/** Whether a chain begins with the same prefix as another whose first request had not been answered. */
const isTogether = (beginnings: readonly Beginning[], request: MeasuredRequest): boolean =>
	beginnings.some(
		begun =>
			isSameModel(begun.model, request.model) &&
			wroteTheSame(writtenTokens(request.usage), begun.written, begun.model) &&
			(request.start === undefined ? request.time - begun.time <= soonAfter : begun.time > request.start),
	);

/** What kind of chain begins beside those that are open. Undefined kind: it was warm. */
export const coldKindOf = <Key>(
	{ends, beginnings}: Thread<Key>,
	request: MeasuredRequest,
): {
	readonly kind: ColdKind | undefined;
	/** The larger chain that a `shrunk` one began beside: were it read again, this one would be a `side`. */
	readonly over?: ChainEnd<Key> | undefined;
} => {
	const call = firstCall(request);
	const input = inputTokens(call);
	if (call.cacheRead >= input * warmShare) {
		return {kind: undefined};
	}
	if (ends.length === 0) {
		return {kind: 'first'};
	}
	const over = bestOf(
		ends,
		end =>
			!end.asleep &&
			end.agent === request.agent &&
			isSameModel(end.model, request.model) &&
			input < end.input * leastShare,
		(end, size) => apart(size, end),
		input,
	);
	if (over) {
		return {kind: 'shrunk', over};
	}
	return {kind: isTogether(beginnings, request) ? 'together' : 'side'};
};
