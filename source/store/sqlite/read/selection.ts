import {type Filter, looksAtThreads, type Taken, takenBy} from '../../../metrics/filter.js';
import {grouped} from '../../../metrics/grouped.js';
import type {KeptLane} from '../tables/lane-table.js';

/** Of these lanes some requests are taken: those of these logs, of threads whose names hold each of these pieces. */
export type Partly = {
	readonly lanes: readonly number[];
	/** Undefined for all logs. */
	readonly logs: readonly number[] | undefined;
	/** Whatever their case; none for all threads. */
	readonly pieces: readonly string[];
};

/** What a filter means for what is kept. */
export type Selection = {
	/** Lanes of which every request is taken, whatever its thread and log; undefined for all lanes. */
	readonly whole: readonly number[] | undefined;
	/** Lanes of which some requests are taken. No request is taken by two of them. */
	readonly partly: readonly Partly[];
	/** Exact, for one request. */
	readonly taken: Taken;
};

/** What is kept, as far as a filter may ask for it. */
type Selectable = {
	readonly lanes: ReadonlyMap<number, KeptLane>;
	/** Names of all logs, by number. */
	readonly logs: () => ReadonlyMap<number, string>;
	/** Names of the logs that name the model of any request. */
	readonly logsNamingModels: () => ReadonlySet<string>;
};

/** What a filter takes, as far as lanes and logs decide it. */
export const selectionOf = (filter: Filter, {lanes, logs, logsNamingModels}: Selectable): Selection => {
	const inUse = [...lanes.values()].filter(({requests}) => requests > 0);
	let naming: ReadonlySet<string> | undefined;
	const taken = takenBy(filter, () => {
		naming ??= logsNamingModels();
		return naming;
	});
	const classes = looksAtLogs(filter, inUse) ? logClasses(filter, logs(), naming ?? new Set()) : [anyLog];
	const isWhole = ({lane}: KeptLane) => classes.every(({name}) => taken(lane, name, undefined));
	const whole = inUse.filter(isWhole).map(({id}) => id);
	return {
		whole: whole.length === inUse.length ? undefined : whole,
		partly: partlyOf(
			filter,
			taken,
			inUse.filter(lane => !isWhole(lane)),
			classes,
		),
		taken,
	};
};

/** Logs that are the same to a filter, and the name of one of them. */
type LogClass = {readonly name: string; readonly logs: readonly number[] | undefined};

const anyLog: LogClass = {name: '', logs: undefined};

/** Which log a request is of may decide whether it is taken. */
const looksAtLogs = ({model, text}: Filter, inUse: readonly KeptLane[]): boolean =>
	Boolean(text) || (Boolean(model) && inUse.some(({lane}) => lane.model === undefined));

const logClasses = (
	{text = ''}: Filter,
	logs: ReadonlyMap<number, string>,
	naming: ReadonlySet<string>,
): readonly LogClass[] => {
	const piece = text.toLowerCase();
	const alike = grouped(logs, ([, name]) => `${name.toLowerCase().includes(piece)} ${naming.has(name)}`);
	const classes = [...alike.values()].map(found => ({name: found[0]?.[1] ?? '', logs: found.map(([id]) => id)}));
	return classes.length === 0
		? [anyLog]
		: classes.length === 1
			? classes.map(one => ({...one, logs: undefined}))
			: classes;
};

const partlyOf = (
	filter: Filter,
	taken: Taken,
	some: readonly KeptLane[],
	classes: readonly LogClass[],
): readonly Partly[] => {
	const {thread = '', text = ''} = filter;
	const found = new Map<string, {readonly lanes: number[]; readonly logs: Partly['logs']; readonly pieces: string[]}>();
	const add = (lane: number, at: number, pieces: string[]) => {
		const key = JSON.stringify([at, pieces]);
		const same = found.get(key) ?? {lanes: [], logs: classes[at]?.logs, pieces};
		found.set(key, same);
		same.lanes.push(lane);
	};
	for (const {id, lane} of some) {
		for (const [at, {name}] of classes.entries()) {
			if (taken(lane, name, undefined)) {
				add(id, at, []);
			} else if (looksAtThreads(filter) && taken(lane, name, `${thread} ${text}`)) {
				// A name that holds all that is asked for tells whether there can be any.
				const isByThread = thread !== '' && taken(lane, name, thread);
				add(id, at, isByThread ? [thread] : [thread, text].filter(piece => piece !== ''));
			}
		}
	}
	return [...found.values()];
};
