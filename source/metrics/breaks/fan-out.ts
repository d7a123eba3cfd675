import type {Request} from '../../request.js';
import type {TracedRequest} from '../measured.js';
import {minimumOf} from '../models/minimum-size.js';
import {modelKey} from '../models/model-key.js';
import {sameShare, soonAfter} from './cause.js';
import {sentAt} from './chain.js';
import type {ColdKind, Facts} from './facts.js';
import {sumOfPaid} from './paid-tokens.js';

/** The start of a chain in any thread, kept to recognise others that were sent together with it. */
export type Start = Pick<Request, 'id' | 'time'> & {
	/** Equal for chains of the same model and project. */
	readonly place: string;
	/** Starts before this time (epoch milliseconds) had been answered when it was sent. */
	readonly since: number;
	/** Tokens that the request wrote to the cache. */
	readonly written: number;
};

/** Maximum duration of a request in milliseconds, which limits how far back to look. */
export const longestCall = 60 * 60_000;

/** The start at a request; undefined if it starts no chain, or has no project. */
export const startOf = (request: TracedRequest & Pick<Request, 'id'>, {cold}: Facts): Start | undefined => {
	const {id, time, start, thread, project, model} = request;
	const written = cold ? sumOfPaid({...cold, input: 0}) : 0;
	return thread !== undefined && project !== undefined && written > minimumOf(model)
		? {
				id,
				time,
				place: JSON.stringify([modelKey(model), project]),
				since: start === undefined ? time - soonAfter : Math.max(sentAt(start, time) + 1, time - longestCall),
				written,
			}
		: undefined;
};

/** True if a request started with the same prefix as an earlier one that had not been answered: a fan-out. */
const isSentWith = (start: Start, earlier: Start): boolean =>
	(earlier.time < start.time || (earlier.time === start.time && earlier.id < start.id)) &&
	earlier.time >= start.since &&
	Math.abs(start.written - earlier.written) <= earlier.written * sameShare;

/** True for kinds of cold starts that become `together` in a fan-out. */
export const canBeTogether = (kind: ColdKind | undefined): boolean => kind === 'first' || kind === 'side';

/** The facts of a chain's first request with another kind of cold start. */
export const asKind = (facts: Facts, kind: ColdKind): Facts =>
	facts.cold ? {...facts, cold: {...facts.cold, kind}} : facts;

/**
 * Facts computed from one thread, combined with what other threads had shown before: that the request was part of a
 * fan-out.
 */
export const withKnownFanOut = (known: Facts, facts: Facts): Facts =>
	known.cold?.kind === 'together' && canBeTogether(facts.cold?.kind) ? asKind(facts, 'together') : facts;

/** The cold starts that were sent together with an earlier one of the same prefix. */
export const sentTogether = <One extends {readonly start: Start}>(all: readonly One[]): readonly One[] => {
	const ordered = [...all].sort(
		({start: one}, {start: other}) =>
			(one.place < other.place ? -1 : one.place > other.place ? 1 : 0) ||
			one.time - other.time ||
			(one.id < other.id ? -1 : 1),
	);
	return ordered.filter(({start}, index) => {
		for (let at = index - 1; at >= 0; at--) {
			const {start: earlier} = ordered[at] as One;
			if (earlier.place !== start.place || earlier.time < start.since) {
				return false;
			}
			if (isSentWith(start, earlier)) {
				return true;
			}
		}
		return false;
	});
};
