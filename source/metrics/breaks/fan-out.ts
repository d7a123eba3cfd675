import type {Request} from '../../request.js';
import {minimumOf} from '../models/minimum-size.js';
import {modelKey} from '../models/model-key.js';
import {sameShare, soonAfter} from './cause.js';
import {sentAt} from './chain.js';
import type {ColdKind, Facts} from './facts.js';
import {sumOfPaid} from './lost.js';

/** A request that began a chain, as others that were sent with it are known by, whatever their threads. */
export type Start = Pick<Request, 'id' | 'time'> & {
	/** The same for all of one model and project. */
	readonly place: string;
	/** Those earlier than this were answered before it was sent. */
	readonly since: number;
	/** Tokens that the request wrote to the cache. */
	readonly written: number;
};

/** No request takes longer: what was answered so long before is not looked at. */
export const longestCall = 60 * 60_000;

/** The start that a request makes; undefined if it begins no chain, or no project says which others it belongs to. */
export const startOf = (request: Request, {cold}: Facts): Start | undefined => {
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

/** Whether a request began with the same prefix as one before it that had not been answered: a fan-out. */
const isSentWith = (start: Start, earlier: Start): boolean =>
	(earlier.time < start.time || (earlier.time === start.time && earlier.id < start.id)) &&
	earlier.time >= start.since &&
	Math.abs(start.written - earlier.written) <= earlier.written * sameShare;

/** Kinds of cold starts that are a fan-out where others were sent with them. */
export const canBeTogether = (kind: ColdKind | undefined): boolean => kind === 'first' || kind === 'side';

/** The facts of a request that begins a chain, as of another kind. */
export const asKind = (facts: Facts, kind: ColdKind): Facts =>
	facts.cold ? {...facts, cold: {...facts.cold, kind}} : facts;

/** Facts that a thread alone tells of a request, with what is known of those of other threads: that they were a fan-out. */
export const withKnownFanOut = (known: Facts, facts: Facts): Facts =>
	known.cold?.kind === 'together' && canBeTogether(facts.cold?.kind) ? asKind(facts, 'together') : facts;

/** The cold starts that were sent at the same time as an earlier one with the same prefix. */
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
