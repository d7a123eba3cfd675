import {inputTokens} from '../../request.js';
import type {MeasuredRequest} from '../measured.js';
import {
	apart,
	automaticStep,
	bestOf,
	type ChainEnd,
	firstCall,
	held,
	isSameModel,
	leastShare,
	type Thread,
} from './chain.js';
import {isStale} from './lifetime.js';

/**
 * How a request was matched to a chain: `read`: it read what the chain holds. `size`: it read otherwise, and is of a size
 * to continue it. `switch`: the same, of a chain of another model.
 */
export type Match = 'read' | 'size' | 'switch';

/** A read within this share of what is held read all of it; what lacks is a small loss. */
const nearShare = 0.02;
/** A read so near shows that a chain which seemed broken goes on, or that one model has two names. */
const exactShare = 0.001;
/** Caches that fill by themselves miss up to two steps without a reason. */
const automaticSlack = 2 * automaticStep;

/** What chooses among ends: a request, and what its first call read and sent. */
type Asked = {readonly request: MeasuredRequest; readonly cacheRead: number; readonly input: number};

type End = ChainEnd<unknown>;

// Conditions are functions of their own, not made for each request: that would take longer than asking them.
const isOfAgent = ({agent}: End, {request}: Asked): boolean => agent === request.agent;

const isOfModel = (end: End, {request}: Asked): boolean => isSameModel(end, request);

const isAsleep = ({asleep}: End): boolean => asleep !== undefined;

/** Whether a request is of a size to continue a chain. */
const fits = (end: End, {request, input}: Asked): boolean =>
	!end.asleep && (request.rebuilt || input / end.input >= leastShare);

const distance = (end: End, {cacheRead}: Asked): number => Math.abs(held(end) - cacheRead);

const distanceInSize = (end: End, {input}: Asked): number => apart(input, end);

const isNear = (end: End, asked: Asked): boolean =>
	distance(end, asked) <=
	Math.max(held(end) * (end.asleep ? exactShare : nearShare), end.automatic ? automaticSlack : 0);

const isAlias = (end: End, asked: Asked): boolean =>
	!end.asleep && !end.automatic && !isOfModel(end, asked) && distance(end, asked) <= held(end) * exactShare;

const isOther = (end: End, asked: Asked): boolean =>
	!isOfModel(end, asked) && held(end) > asked.cacheRead && fits(end, asked);

/** Those ends that a condition holds of; nearly always all of them, and then nothing is copied. */
const those = <Key>(
	ends: readonly ChainEnd<Key>[],
	isOne: (end: End, asked: Asked) => boolean,
	asked: Asked,
): readonly ChainEnd<Key>[] => {
	for (const end of ends) {
		if (!isOne(end, asked)) {
			return ends.filter(one => isOne(one, asked));
		}
	}
	return ends;
};

/** Of those ends that a condition holds of the one that is nearest by a measure. */
const nearest = <Key>(
	ends: readonly ChainEnd<Key>[],
	isOne: (end: End, asked: Asked) => boolean,
	far: (end: End, asked: Asked) => number,
	asked: Asked,
): ChainEnd<Key> | undefined => bestOf(those(ends, isOne, asked), far, asked);

/** The open chain that a request continues; undefined where it begins one. */
export const chooseEnd = <Key>(
	{ends}: Thread<Key>,
	request: MeasuredRequest,
): {readonly match: Match; readonly end: ChainEnd<Key>} | undefined => {
	const call = firstCall(request);
	const {cacheRead} = call;
	const asked: Asked = {request, cacheRead, input: inputTokens(call)};
	const ofAgent = those(ends, isOfAgent, asked);
	const ofModel = those(ofAgent, isOfModel, asked);
	if (cacheRead > 0) {
		const near = those(ofModel, isNear, asked);
		const read = near.some(isAsleep) ? near.filter(end => !end.asleep || canWake(end, ofModel, asked)) : near;
		const nearestRead = bestOf(read, distance, asked);
		if (nearestRead) {
			return {match: 'read', end: nearestRead};
		}
		const alias = nearest(ofAgent, isAlias, distanceInSize, asked);
		if (alias) {
			return {match: 'read', end: alias};
		}
	}
	const same = nearest(ofModel, fits, distanceInSize, asked);
	if (same) {
		return {match: 'size', end: same};
	}
	const other = nearest(ofAgent, isOther, distanceInSize, asked);
	return other && {match: 'switch', end: other};
};

/** Whether a chain that sleeps can be woken: within its lifetime, and not where another may hold what was read. */
const canWake = (end: End, ofModel: readonly End[], asked: Asked): boolean =>
	!isStale(asked.request, end) &&
	(!end.automatic || those(ofModel, fits, asked).every(other => asked.cacheRead > held(other)));
