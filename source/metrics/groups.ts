import type {Request} from '../request.js';
import {type Break, lossOf} from './breaks.js';
import type {PriceList} from './pricing.js';
import {type Basis, type Summary, summarize} from './summary.js';
import {replay, type WhatIf} from './what-if.js';

/** The numbers of the requests that share a model, a thread, a project or a source. */
export type Group = {
	/** Undefined where the log does not tell. */
	readonly name: string | undefined;
	readonly summary: Summary;
	/** The breaks of its requests, oldest first. */
	readonly breaks: readonly Break[];
	readonly lostTokens: number;
	/** Dollars; undefined where no break has a price. */
	readonly lostCost: number | undefined;
	/** Other ways to use the cache, replayed over its requests; undefined without a price. */
	readonly whatIf: WhatIf | undefined;
	/** The models of its requests, as logged. */
	readonly models: readonly string[];
	/** Epoch milliseconds. */
	readonly firstTime: number;
	readonly lastTime: number;
};

export const groupings = ['model', 'thread', 'project', 'source'] as const;
export type GroupBy = (typeof groupings)[number];

const membersOf = <Member>(members: readonly Member[], nameOf: (member: Member) => string | undefined) => {
	const groups = new Map<string | undefined, Member[]>();
	for (const member of members) {
		const name = nameOf(member);
		const group = groups.get(name);
		if (group) {
			group.push(member);
		} else {
			groups.set(name, [member]);
		}
	}
	return groups;
};

/** Groups requests, oldest first as they are, into the group with the most requests first. */
export const groupsOf = (
	requests: readonly Request[],
	by: GroupBy,
	prices: PriceList,
	basis: Basis | undefined,
	breaks: readonly Break[],
): readonly Group[] => {
	const breaksOf = membersOf(breaks, ({request}) => request[by]);
	return [...membersOf(requests, request => request[by])]
		.map(([name, group]) => {
			const lost = breaksOf.get(name) ?? [];
			let replayed: Pick<Group, 'whatIf'> | undefined;
			return {
				name,
				summary: summarize(group, prices, basis),
				breaks: lost,
				...lossOf(lost),
				/** Most groups are never looked at so closely, so their replay waits until it is. */
				get whatIf() {
					replayed ??= {whatIf: basis === 'measured' ? replay(group, prices) : undefined};
					return replayed.whatIf;
				},
				models: [...new Set(group.flatMap(({model}) => model ?? []))],
				firstTime: group[0]?.time ?? 0,
				lastTime: group[group.length - 1]?.time ?? 0,
			};
		})
		.sort((one, other) => other.summary.requests - one.summary.requests || other.lastTime - one.lastTime);
};
