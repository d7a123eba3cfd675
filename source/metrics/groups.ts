import type {Request} from '../request.js';
import type {PriceList} from './pricing.js';
import {type Basis, type Summary, summarize} from './summary.js';

/** The numbers of the requests that share a model, a thread, a project or a source. */
export type Group = {
	/** Undefined where the log does not tell. */
	readonly name: string | undefined;
	readonly summary: Summary;
	readonly lastTime: number;
};

export type GroupBy = 'model' | 'thread' | 'project' | 'source';

/** Groups requests, most requests first. */
export const groupsOf = (
	requests: readonly Request[],
	by: GroupBy,
	prices: PriceList,
	basis: Basis | undefined,
): readonly Group[] => {
	const members = new Map<string | undefined, Request[]>();
	for (const request of requests) {
		const group = members.get(request[by]);
		if (group) {
			group.push(request);
		} else {
			members.set(request[by], [request]);
		}
	}
	return [...members]
		.map(([name, group]) => ({
			name,
			summary: summarize(group, prices, basis),
			lastTime: group.reduce((latest, request) => Math.max(latest, request.time), 0),
		}))
		.sort((one, other) => other.summary.requests - one.summary.requests || other.lastTime - one.lastTime);
};
