import {inputTokens, writtenTokens} from '../../request.js';
import type {MeasuredRequest} from '../measured.js';
import {soonAfter, wroteTheSame} from './cause.js';
import {
	apart,
	type Beginning,
	bestOf,
	type ChainEnd,
	firstCall,
	isSameAgent,
	isSameModel,
	leastShare,
	type Thread,
} from './chain.js';
import type {ColdKind} from './facts.js';

/** If at least this share of a chain's first prompt was read from the cache, the start is not cold. */
const warmShare = 0.95;

/** Number of chain starts kept to recognise chains that start together. */
const mostBeginnings = 8;

/** Adds the start of a chain. */
export const withBeginning = (
	beginnings: readonly Beginning[],
	{time, model, usage}: MeasuredRequest,
): readonly Beginning[] => [...beginnings, {time, model, written: writtenTokens(usage)}].slice(-mostBeginnings);

/** True if a chain starts with the same prefix as another whose first request had not been answered. */
const isTogether = (beginnings: readonly Beginning[], request: MeasuredRequest): boolean =>
	beginnings.some(
		begun =>
			isSameModel(begun.model, request.model) &&
			wroteTheSame(writtenTokens(request.usage), begun.written, begun.model) &&
			(request.start === undefined ? request.time - begun.time <= soonAfter : begun.time > request.start),
	);

/** The kind of a chain that starts next to the open ones. Undefined kind: the start is not cold. */
export const coldKindOf = <Key>(
	{ends, beginnings}: Thread<Key>,
	request: MeasuredRequest,
): {
	readonly kind: ColdKind | undefined;
	/** For `shrunk`: the larger chain. If it is read again, this one is a `side`. */
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
			!end.suspended &&
			isSameAgent(end, request) &&
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
