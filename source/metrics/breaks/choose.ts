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
/** A read so near shows that a chain which seemed broken continues, or that one model has two names. */
const exactShare = 0.001;
/** Caches that fill by themselves miss up to two steps without a reason. */
const automaticSlack = 2 * automaticStep;

/** What chooses among ends: a request, what its first call read and sent, and the ends. */
type Asked = {
	readonly request: MeasuredRequest;
	readonly agent: string | undefined;
	readonly model: string | undefined;
	readonly cacheRead: number;
	readonly input: number;
	readonly ends: readonly End[];
};

type End = ChainEnd<unknown>;

// Conditions are functions of their own, not made for each request: that would take longer than asking them.
const isOfAgent = ({agent}: End, asked: Asked): boolean => agent === asked.agent;

const isOfModel = ({model}: End, asked: Asked): boolean => isSameModel(model, asked.model);

/** Whether a request is of a size to continue a chain. */
const fits = (end: End, {request, input}: Asked): boolean =>
	!end.asleep && (request.rebuilt || input / end.input >= leastShare);

const distance = (end: End, {cacheRead}: Asked): number => Math.abs(held(end) - cacheRead);

const distanceInSize = (end: End, {input}: Asked): number => apart(input, end);

const isNear = (end: End, asked: Asked): boolean =>
	distance(end, asked) <=
	Math.max(held(end) * (end.asleep ? exactShare : nearShare), end.automatic ? automaticSlack : 0);

const isRead = (end: End, asked: Asked): boolean =>
	isOfAgent(end, asked) && isOfModel(end, asked) && isNear(end, asked) && (!end.asleep || canWake(end, asked));

const isAlias = (end: End, asked: Asked): boolean =>
	isOfAgent(end, asked) &&
	!end.asleep &&
	!end.automatic &&
	!isOfModel(end, asked) &&
	distance(end, asked) <= held(end) * exactShare;

const isSame = (end: End, asked: Asked): boolean => isOfAgent(end, asked) && isOfModel(end, asked) && fits(end, asked);

const isOther = (end: End, asked: Asked): boolean =>
	isOfAgent(end, asked) && !isOfModel(end, asked) && held(end) > asked.cacheRead && fits(end, asked);

/** Whether a chain that sleeps can be woken: within its lifetime, and not where another may hold what was read. */
const canWake = (end: End, asked: Asked): boolean =>
	!isStale(asked.request, end) &&
	(!end.automatic || asked.ends.every(other => !isSame(other, asked) || asked.cacheRead > held(other)));

/** The open chain that a request continues; undefined if it begins one. */
export const chooseEnd = <Key>(
	{ends}: Thread<Key>,
	request: MeasuredRequest,
): {readonly match: Match; readonly end: ChainEnd<Key>} | undefined => {
	if (ends.length === 0) {
		return undefined;
	}
	const call = firstCall(request);
	const {cacheRead} = call;
	const {agent, model} = request;
	const asked: Asked = {request, agent, model, cacheRead, input: inputTokens(call), ends};
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
