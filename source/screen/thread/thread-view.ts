import type {Break} from '../../metrics/breaks/breaks.js';
import type {Group} from '../../metrics/groups.js';
import type {Snapshot} from '../../monitor/snapshot.js';
import type {Request} from '../../request.js';
import {requestsByThread, threadsByName} from '../report/report-index.js';

/** The data that the page of one thread shows. */
export type ThreadView = {
	readonly group: Group;
	/** Oldest first. */
	readonly requests: readonly Request[];
	/** Breaks among these requests, oldest first. */
	readonly breaks: readonly Break[];
	readonly lostBy: (request: Request) => Break | undefined;
	/** True if the first request here is the thread's first. */
	readonly fromStart: boolean;
};

type Detail = Pick<ThreadView, 'requests' | 'breaks' | 'fromStart'> & {readonly group?: Group | undefined};

/** The whole thread once the monitor has answered; until then, the part that is in the report's lists. */
const detailOf = ({report, focused}: Snapshot, name: string | undefined): Detail => {
	if (focused && focused.name === name) {
		return focused;
	}
	const requests = requestsByThread(report).get(name) ?? [];
	return {
		requests,
		breaks: report.breaks.all.filter(({request}) => request.thread === name),
		fromStart: report.window.from <= (report.span?.first ?? 0) && report.requests.length === report.total,
	};
};

/** Undefined if the window holds none of the thread's requests. */
export const threadView = (snapshot: Snapshot, name: string | undefined): ThreadView | undefined => {
	const detail = detailOf(snapshot, name);
	const group = detail.group ?? threadsByName(snapshot.report).get(name);
	if (!group || detail.requests.length === 0) {
		return undefined;
	}
	const breaks = new Map(detail.breaks.map(found => [found.request.id, found]));
	return {...detail, group, lostBy: ({id}) => breaks.get(id)};
};

/** The row that the page opens at: the most expensive break, else the latest request. */
export const firstLook = ({breaks, requests}: ThreadView): number => {
	const costliest = breaks.reduce<Break | undefined>(
		(worst, found) =>
			worst === undefined ||
			(found.lostCost ?? 0) > (worst.lostCost ?? 0) ||
			(found.lostCost === worst.lostCost && found.lostTokens > worst.lostTokens)
				? found
				: worst,
		undefined,
	);
	const index = costliest ? requests.findIndex(({id}) => id === costliest.request.id) : -1;
	return index < 0 ? requests.length - 1 : index;
};
