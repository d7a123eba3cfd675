import {inputTokens} from '../../request.js';
import type {MeasuredRequest} from '../measured.js';
import {apart, bestOf, type ChainEnd, firstCall, isSameModel, leastShare} from './chain.js';
import type {ColdKind} from './facts.js';

/** So much of a first prompt was in the cache already: nothing began cold. */
const warmShare = 0.95;

/** What kind of chain begins beside those that are open. Undefined kind: it was warm. */
export const coldKindOf = <Key>(
	ends: readonly ChainEnd<Key>[],
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
	const larger = ends.filter(
		end => !end.asleep && end.agent === request.agent && isSameModel(end, request) && input < end.input * leastShare,
	);
	const over = bestOf(larger, end => apart(input, end));
	return over ? {kind: 'shrunk', over} : {kind: 'side'};
};
