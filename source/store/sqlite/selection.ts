import {type Filter, looksAtThreads, type Taken, takenBy} from '../../metrics/filter.js';
import type {Lane} from '../../metrics/parts.js';
import type {KeptLane} from './lane-table.js';

/** What a filter means for what is kept. */
export type Selection = {
	/** Lanes of which every request is taken, whatever its thread; undefined for all lanes. */
	readonly whole: readonly number[] | undefined;
	/** Lanes of which some threads' requests are taken; undefined where there are none. */
	readonly partly:
		| {
				readonly lanes: readonly number[];
				/** What the names of those threads hold: each, whatever their case. Others may hold them as well. */
				readonly pieces: readonly string[];
		  }
		| undefined;
	/** Exact, for one request. */
	readonly taken: Taken;
};

/**
 * @param lanes those that are kept
 * @param others lanes of requests that are not kept
 */
export const selectionOf = (
	filter: Filter,
	lanes: ReadonlyMap<number, KeptLane>,
	others: readonly Lane[],
): Selection => {
	const inUse = [...lanes.values()].filter(({requests}) => requests > 0);
	const taken = takenBy(filter, [...inUse.map(({lane}) => lane), ...others]);
	const whole = inUse.filter(({lane}) => taken(lane, undefined)).map(({id}) => id);
	return {
		whole: whole.length === inUse.length ? undefined : whole,
		partly: looksAtThreads(filter) ? partlyOf(filter, taken, inUse, new Set(whole)) : undefined,
		taken,
	};
};

const partlyOf = (
	{thread = '', text = ''}: Filter,
	taken: Taken,
	inUse: readonly KeptLane[],
	whole: ReadonlySet<number>,
): Selection['partly'] => {
	// A name that holds all that is asked for tells which lanes can have any.
	const some = inUse.filter(({id, lane}) => !whole.has(id) && taken(lane, `${thread} ${text}`));
	const isAskedOfName = text !== '' && !some.some(({lane}) => taken(lane, thread));
	const pieces = [...(thread === '' ? [] : [thread]), ...(isAskedOfName ? [text] : [])];
	return some.length === 0 ? undefined : {lanes: some.map(({id}) => id), pieces};
};
