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

/** Those ends that a condition holds of; nearly always all of them, and then nothing is copied. */
const those = <Key>(
	ends: readonly ChainEnd<Key>[],
	isOne: (end: ChainEnd<Key>) => boolean,
): readonly ChainEnd<Key>[] => (ends.every(isOne) ? ends : ends.filter(isOne));

/** The open chain that a request continues; undefined where it begins one. */
export const chooseEnd = <Key>(
	{ends}: Thread<Key>,
	request: MeasuredRequest,
): {readonly match: Match; readonly end: ChainEnd<Key>} | undefined => {
	const call = firstCall(request);
	const {cacheRead} = call;
	const input = inputTokens(call);
	const ofAgent = those(ends, ({agent}) => agent === request.agent);
	const ofModel = those(ofAgent, end => isSameModel(end, request));
	const fits = (end: ChainEnd<Key>): boolean => !end.asleep && (request.rebuilt || input / end.input >= leastShare);
	const fitting = those(ofModel, fits);
	if (cacheRead > 0) {
		const distance = (end: ChainEnd<Key>): number => Math.abs(held(end) - cacheRead);
		const isNear = (end: ChainEnd<Key>): boolean =>
			distance(end) <= Math.max(held(end) * (end.asleep ? exactShare : nearShare), end.automatic ? automaticSlack : 0);
		const canWake = (end: ChainEnd<Key>): boolean =>
			!isStale(request, end) && (!end.automatic || fitting.every(other => cacheRead > held(other)));
		const near = bestOf(
			those(ofModel, end => isNear(end) && (!end.asleep || canWake(end))),
			distance,
		);
		if (near) {
			return {match: 'read', end: near};
		}
		const alias = bestOf(
			ofAgent.filter(
				end => !end.asleep && !end.automatic && !isSameModel(end, request) && distance(end) <= held(end) * exactShare,
			),
			end => apart(input, end),
		);
		if (alias) {
			return {match: 'read', end: alias};
		}
	}
	const nearestSize = (some: readonly ChainEnd<Key>[]) => bestOf(some, end => apart(input, end));
	const same = nearestSize(fitting);
	if (same) {
		return {match: 'size', end: same};
	}
	const other = nearestSize(ofAgent.filter(end => !isSameModel(end, request) && held(end) > cacheRead && fits(end)));
	return other && {match: 'switch', end: other};
};
