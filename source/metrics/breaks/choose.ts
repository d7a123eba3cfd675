import {inputTokens} from '../../request.js';
import type {MeasuredRequest} from '../measured.js';
import {
	apart,
	automaticStep,
	bestOf,
	type ChainEnd,
	firstCall,
	held,
	isSameAgent,
	isSameModel,
	leastShare,
	type Thread,
} from './chain.js';
import {isStale} from './lifetime.js';

/**
 * How a request was matched to a chain. `read`: it read what the chain has in the cache. `size`: it read something
 * else, but has the size of a continuation. `switch`: like `size`, with a chain of another model.
 */
export type Match = 'read' | 'size' | 'switch';

/** A read within this share of the cached tokens is complete; the missing tokens are a small loss. */
const nearShare = 0.02;
/** A read within this share proves that a chain which seemed broken continues, or that two names are one model. */
const exactShare = 0.001;
/** Automatic caches miss up to two steps without a cause. */
const automaticSlack = 2 * automaticStep;

/** A request with what its first call read and sent, and the candidate ends. */
type Asked = {
	readonly request: MeasuredRequest;
	readonly model: string | undefined;
	readonly cacheRead: number;
	readonly input: number;
	readonly ends: readonly End[];
};

type End = ChainEnd<unknown>;

// Conditions are top-level functions, because creating closures per request would take longer than calling them.
const isOfAgent = (end: End, asked: Asked): boolean => isSameAgent(end, asked.request);

const isOfModel = ({model}: End, asked: Asked): boolean => isSameModel(model, asked.model);

/** True if a request has the size of a continuation of a chain. */
const fits = (end: End, {request, input}: Asked): boolean =>
	!end.suspended && (request.rebuilt || input / end.input >= leastShare);

const distance = (end: End, {cacheRead}: Asked): number => Math.abs(held(end) - cacheRead);

const distanceInSize = (end: End, {input}: Asked): number => apart(input, end);

const isNear = (end: End, asked: Asked): boolean =>
	distance(end, asked) <=
	Math.max(held(end) * (end.suspended ? exactShare : nearShare), end.automatic ? automaticSlack : 0);

const isRead = (end: End, asked: Asked): boolean =>
	isOfAgent(end, asked) && isOfModel(end, asked) && isNear(end, asked) && (!end.suspended || canResume(end, asked));

const isAlias = (end: End, asked: Asked): boolean =>
	isOfAgent(end, asked) &&
	!end.suspended &&
	!end.automatic &&
	!isOfModel(end, asked) &&
	distance(end, asked) <= held(end) * exactShare;

const isSame = (end: End, asked: Asked): boolean => isOfAgent(end, asked) && isOfModel(end, asked) && fits(end, asked);

const isOther = (end: End, asked: Asked): boolean =>
	isOfAgent(end, asked) && !isOfModel(end, asked) && held(end) > asked.cacheRead && fits(end, asked);

/** True if a suspended chain can be resumed: within its lifetime, and if no other chain may contain what was read. */
const canResume = (end: End, asked: Asked): boolean =>
	!isStale(asked.request, end) &&
	(!end.automatic || asked.ends.every(other => !isSame(other, asked) || asked.cacheRead > held(other)));

/** The open chain that a request continues; undefined if it starts a new one. */
export const chooseEnd = <Key>(
	{ends}: Thread<Key>,
	request: MeasuredRequest,
): {readonly match: Match; readonly end: ChainEnd<Key>} | undefined => {
	if (ends.length === 0) {
		return undefined;
	}
	const call = firstCall(request);
	const {cacheRead} = call;
	const {model} = request;
	const asked: Asked = {request, model, cacheRead, input: inputTokens(call), ends};
	if (cacheRead > 0) {
		const read = bestOf(ends, isRead, distance, asked) ?? bestOf(ends, isAlias, distanceInSize, asked);
		if (read) {
			return {match: 'read', end: read};
		}
	}
	const same = bestOf(ends, isSame, distanceInSize, asked);
	if (same) {
		return {match: 'size', end: same};
	}
	const other = bestOf(ends, isOther, distanceInSize, asked);
	return other && {match: 'switch', end: other};
};
