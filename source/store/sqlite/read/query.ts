import type {Counted} from '../../../metrics/breaks/facts.js';
import type {Filter} from '../../../metrics/filter.js';
import {inWindow, type Window} from '../../../metrics/windows/window.js';
import type {Kept} from '../tables/kept-rows.js';
import {logRollup} from '../tables/rollup-tables.js';
import type {Tables} from '../tables/tables.js';
import {day} from '../write/levels.js';
import {type Selection, selectionOf} from './selection.js';

/** A query: a window, a compiled filter, and provisional requests. */
export type Query = {
	readonly window: Window;
	readonly selection: Selection;
	/** Provisional requests of the window that match the filter. */
	readonly provisional: readonly Counted[];
};

/**
 * Compiles a filter for the stored names. To be called within a transaction.
 * @param provisional all provisional requests
 */
export const queryOf = (tables: Tables, window: Window, filter: Filter, provisional: readonly Counted[]): Query => {
	const {lanes, logs} = tables;
	const selection = selectionOf(filter, {
		lanes: lanes.all(),
		logs: () => logs.names(),
		logsNamingModels: () => logsNamingModels(tables, provisional),
	});
	return {
		window,
		selection,
		provisional: provisional.filter(
			({request}) => inWindow(request.time, window) && selection.taken(request, request.source, request.thread),
		),
	};
};

const logsNamingModels = ({lanes, logs, database}: Tables, provisional: readonly Counted[]): ReadonlySet<string> => {
	const named = [...lanes.all().values()].filter(({lane}) => lane.model !== undefined).map(({id}) => id);
	const rows = database.rows(
		`SELECT DISTINCT log FROM ${logRollup.table} WHERE width = ? AND lane IN (SELECT value FROM json_each(?))`,
		[day, JSON.stringify(named)],
	);
	return new Set([
		...rows.map(([log]) => logs.name(log as number)),
		...provisional.flatMap(({request: {model, source}}) => (model === undefined ? [] : source)),
	]);
};

/** Filters requests exactly. */
export function* takenOf(rows: Iterable<Kept>, {taken}: Selection): Generator<Kept> {
	for (const kept of rows) {
		if (taken(kept.request, kept.request.source, kept.request.thread)) {
			yield kept;
		}
	}
}
