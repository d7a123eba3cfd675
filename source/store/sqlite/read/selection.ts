import {type Filter, looksAtThreads, type Taken, takenBy} from '../../../metrics/filter.js';
import type {Lane} from '../../../metrics/parts.js';
import type {KeptLane} from '../tables/lane-table.js';

/** Of these lanes the requests are taken of all threads whose names hold each of these pieces, whatever their case. */
export type Partly = {readonly lanes: readonly number[]; readonly pieces: readonly string[]};

/** What a filter means for what is kept. */
export type Selection = {
	/** Lanes of which every request is taken, whatever its thread; undefined for all lanes. */
	readonly whole: readonly number[] | undefined;
	/** Lanes of which some threads' requests are taken. */
	readonly partly: readonly Partly[];
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
		partly: looksAtThreads(filter) ? partlyOf(filter, taken, inUse, new Set(whole)) : [],
		taken,
	};
};

const partlyOf = (
	{thread = '', text = ''}: Filter,
	taken: Taken,
	inUse: readonly KeptLane[],
	whole: ReadonlySet<number>,
): readonly Partly[] => {
	// A name that holds all that is asked for tells which lanes can have any.
	const some = inUse.filter(({id, lane}) => !whole.has(id) && taken(lane, `${thread} ${text}`));
	const byThread = new Set(thread === '' ? [] : some.filter(({lane}) => taken(lane, thread)));
	return [
		{lanes: [...byThread], pieces: [thread]},
		{lanes: some.filter(lane => !byThread.has(lane)), pieces: [thread, text].filter(piece => piece !== '')},
	].flatMap(({lanes, pieces}) => (lanes.length === 0 ? [] : {lanes: lanes.map(({id}) => id), pieces}));
};
