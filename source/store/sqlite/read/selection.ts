import {type Filter, looksAtThreads, type Taken, takenBy} from '../../../metrics/filter.js';
import {grouped} from '../../../metrics/grouped.js';
import type {KeptLane} from '../tables/lane-table.js';

/** Lanes of which some requests match: those of these logs, and of threads whose names contain each of these texts. */
export type Partly = {
	readonly lanes: readonly number[];
	/** Undefined for all logs. */
	readonly logs: readonly number[] | undefined;
	/** Ignoring case; empty for all threads. */
	readonly pieces: readonly string[];
};

/** A filter compiled for a store. */
export type Selection = {
	/** Lanes whose requests all match, whatever their thread and log; undefined for all lanes. */
	readonly whole: readonly number[] | undefined;
	/** Lanes of which some requests match. No request matches two entries. */
	readonly partly: readonly Partly[];
	/** The exact filter for single requests. */
	readonly taken: Taken;
};

/** The stored names that a filter may need. */
type Selectable = {
	readonly lanes: ReadonlyMap<number, KeptLane>;
	/** Names of all logs, by number. */
	readonly logs: () => ReadonlyMap<number, string>;
	/** Names of logs that name the model of any request. */
	readonly logsNamingModels: () => ReadonlySet<string>;
};

/** Compiles a filter, as far as lanes and logs decide it. */
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

/** Logs that a filter does not distinguish, and the name of one of them. */
type LogClass = {readonly name: string; readonly logs: readonly number[] | undefined};

const anyLog: LogClass = {name: '', logs: undefined};

/** True if the result may depend on the log. */
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
				// A name that contains all texts tells whether anything can match.
				const isByThread = thread !== '' && taken(lane, name, thread);
				add(id, at, isByThread ? [thread] : [thread, text].filter(piece => piece !== ''));
			}
		}
	}
	return [...found.values()];
};
