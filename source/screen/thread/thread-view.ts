import type {Break} from '../../metrics/breaks.js';
import type {Group} from '../../metrics/groups.js';
import type {Report} from '../../metrics/report.js';
import type {Request} from '../../request.js';
import {breaksById, requestsByThread, threadsByName} from '../report-index.js';

/** What the page of one thread shows. */
export type ThreadView = {
	readonly group: Group;
	/** Oldest first. */
	readonly requests: readonly Request[];
	readonly lostBy: (request: Request) => Break | undefined;
	/** Nothing of the thread was left out before its first request here. */
	readonly fromStart: boolean;
};

/** Undefined where the window holds none of the thread's requests. */
export const threadView = (report: Report, name: string | undefined): ThreadView | undefined => {
	const group = threadsByName(report).get(name);
	const requests = requestsByThread(report).get(name);
	if (!group || !requests) {
		return undefined;
	}
	const breaks = breaksById(report);
	return {
		group,
		requests,
		lostBy: ({id}) => breaks.get(id),
		fromStart:
			requests.length > 0 && report.window.from <= (report.span?.first ?? 0) && report.requests.length === report.total,
	};
};

/** Where the page begins: at the dearest break, else at the latest request. */
export const firstLook = ({group, requests}: ThreadView): number => {
	const dearest = group.breaks.reduce<Break | undefined>(
		(worst, found) =>
			worst === undefined ||
			(found.lostCost ?? 0) > (worst.lostCost ?? 0) ||
			(found.lostCost === worst.lostCost && found.lostTokens > worst.lostTokens)
				? found
				: worst,
		undefined,
	);
	const index = dearest ? requests.findIndex(({id}) => id === dearest.request.id) : -1;
	return index < 0 ? requests.length - 1 : index;
};
