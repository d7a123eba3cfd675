import type {Break} from '../../metrics/breaks/breaks.js';
import {grouped} from '../../metrics/grouped.js';
import type {Group} from '../../metrics/groups.js';
import type {Request} from '../../request.js';
import {perReport} from './per-report.js';

/** Look-ups that lists need, built once per report. */

/** The break at a request, by the request's id. */
export const breaksById = perReport(
	({breaks}): ReadonlyMap<string, Break> => new Map(breaks.all.map(found => [found.request.id, found])),
);

/** A thread's numbers by its name. */
export const threadsByName = perReport(
	({threads}): ReadonlyMap<string | undefined, Group> => new Map(threads.map(group => [group.name, group])),
);

/** Those requests of the report that belong to a thread, by its name. */
export const requestsByThread = perReport(
	({requests}): ReadonlyMap<string | undefined, readonly Request[]> => grouped(requests, ({thread}) => thread),
);

/** The named thread that lost the most; undefined if nothing was lost. */
export const worstThread = perReport(({threads}): Group | undefined =>
	threads.reduce<Group | undefined>((worst, group) => {
		if (group.name === undefined || group.lostTokens === 0) {
			return worst;
		}
		const difference = (group.lostCost ?? 0) - (worst?.lostCost ?? 0) || group.lostTokens - (worst?.lostTokens ?? 0);
		return difference > 0 ? group : worst;
	}, undefined),
);
