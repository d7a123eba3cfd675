import {grouped} from '../../metrics/grouped.js';
import type {GroupsFound, SourcesFound} from '../../metrics/ledger.js';
import {chunksOf} from '../table/chunks.js';
import {literal} from '../table/literal.js';
import {nameFrom} from '../table/read-rows.js';
import type {Ask} from './ask.js';
import {allDimensions, type KeyedPart, keyOf, sumsOf, type Wanted} from './sums.js';
import {amongGroups, type Taking} from './taking.js';
import {host} from './where.js';

/** The logs of some requests: how many there are, and the sums of those with the most requests. */
export const sourcesOf = async (ask: Ask, taking: Taking, most: number): Promise<SourcesFound> => {
	const wanted = {keys: [keyOf('shipper'), keyOf('source')], by: allDimensions, detail: 'threads'} as const;
	const {count, parts} = await mostRequestedOf(ask, wanted, taking, most);
	return {
		count,
		parts: parts.map(({keys: [shipper, source], held: _, ...part}) => ({
			...part,
			source: `${nameFrom(shipper) ?? ''}:${nameFrom(source) ?? ''}`,
		})),
	};
};

/** The projects or machines of some requests: how many there are, and the sums of those with the most requests. */
export const groupsOf = async (
	ask: Ask,
	by: 'project' | 'host',
	taking: Taking,
	most: number,
): Promise<GroupsFound> => {
	const key = by === 'host' ? {ofRow: host, ofKept: by} : keyOf(by);
	const wanted: Wanted = {keys: [key], by: ['model', by], detail: 'groups'};
	const {count, parts} = await mostRequestedOf(ask, wanted, taking, most);
	return {count, parts: parts.map(({keys: _, held: __, ...part}) => part)};
};

/** Few sums of all groups, to see which are wanted; then all sums of those. */
const mostRequestedOf = async (
	ask: Ask,
	wanted: Wanted,
	taking: Taking,
	most: number,
): Promise<{readonly count: number; readonly parts: readonly KeyedPart[]}> => {
	const found = await sumsOf(ask, {keys: wanted.keys, by: [], detail: 'requests'}, taking);
	const groups = [...grouped(found, ({keys}) => JSON.stringify(keys)).values()];
	if (groups.length <= most) {
		return {count: groups.length, parts: groups.length === 0 ? [] : await sumsOf(ask, wanted, taking)};
	}
	const names = new Map(
		groups
			.map(of => ({
				tuple: `(${(of[0] as KeyedPart).keys.map(name => literal(String(name))).join(', ')})`,
				requests: of.reduce((sum, {measures}) => sum + measures.requests, 0),
				held: of.reduce((sum, {held}) => sum + held, 0),
				lastTime: Math.max(...of.map(({lastTime}) => lastTime)),
			}))
			.sort((one, other) => other.requests - one.requests || other.lastTime - one.lastTime)
			.slice(0, most)
			.map(({tuple, held}) => [tuple, held]),
	);
	const among = (tuples: readonly string[]): Taking => {
		const [ofRow, ofKept] = (['ofRow', 'ofKept'] as const).map(
			name => `(${wanted.keys.map(key => key[name]).join(', ')}) IN (${tuples.join(', ')})`,
		) as [string, string];
		const held = tuples.reduce((sum, tuple) => sum + (names.get(tuple) ?? 0), 0);
		return amongGroups(taking, {ofRow: {others: ofRow}, ofKept, held});
	};
	const parts = await Promise.all(chunksOf([...names.keys()]).map(tuples => sumsOf(ask, wanted, among(tuples))));
	return {count: groups.length, parts: parts.flat()};
};
