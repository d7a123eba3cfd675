import {writtenTokens} from '../../request.js';
import {breakPhrase} from '../presentation/cause-words.js';
import {costCell, costOfRequest, markedCell, tokenCell} from '../presentation/cells.js';
import {shortModel} from '../presentation/model-names.js';
import {outcomeLine, outcomeOf} from '../presentation/request-words.js';
import {rowTime} from '../presentation/row-time.js';
import {threadName} from '../presentation/thread-names.js';
import {breaksById} from '../report/report-index.js';
import {cutText} from '../text/cut.js';
import {muted, primary, strong} from '../text/line.js';
import {listingOf, type MakeListing, newestOf} from './listing.js';
import {requestDetail} from './request-detail.js';

const widestModel = 24;
const leastCause = 18;
/** Minimum columns for the causes; on narrower pages the numbers need the room. */
const leastForCause = 70;

/** The live tail: one row per request, newest first. */
export const requests: MakeListing = (
	{report},
	{timeZone, prices, columns, order = {column: 'time', reversed: false}},
) => {
	const all = report.requests;
	const {basis} = report.summary;
	const lost = breaksById(report);
	return listingOf({
		sort: {report, name: 'requests', order},
		title: 'Requests',
		note: newestOf(all.length, report.count),
		empty: muted('No requests.'),
		follows: order.column === 'time' && !order.reversed,
		items: all,
		keyOf: ({id}) => id,
		opens: ({id, thread}) => ({thread, request: id}),
		copies: ({id}) => id,
		detail: request => requestDetail(report, request, {timeZone, prices}),
		fields: [
			{
				heading: 'time',
				align: 'right',
				by: ({time}) => time,
				cell: ({time}) => primary(rowTime(time, report.window, timeZone)),
			},
			{
				heading: 'thread',
				keep: 7,
				by: ({thread}) => thread ?? '',
				cell: ({thread}) => strong(threadName(report, thread)),
			},
			{
				heading: 'model',
				keep: 4,
				by: ({model}) => model ?? '',
				cell: ({model}) => muted(cutText(shortModel(model), widestModel)),
			},
			{
				heading: 'marked',
				align: 'right',
				keep: 1,
				cell: found => (basis === 'planned' ? markedCell(found) : []),
			},
			{
				heading: 'read',
				align: 'right',
				keep: 9,
				by: ({usage}) => usage?.cacheRead,
				cell: ({usage}) => tokenCell(usage?.cacheRead),
			},
			{
				heading: 'written',
				align: 'right',
				keep: 8,
				by: ({usage}) => usage && writtenTokens(usage),
				cell: ({usage}) => tokenCell(usage && writtenTokens(usage)),
			},
			{
				heading: 'uncached',
				align: 'right',
				keep: 3,
				by: ({usage}) => usage?.uncached,
				cell: ({usage}) => tokenCell(usage?.uncached),
			},
			{
				heading: 'output',
				align: 'right',
				keep: 2,
				by: ({usage}) => usage?.output,
				cell: ({usage}) => tokenCell(usage?.output),
			},
			{
				heading: 'cost',
				align: 'decimal',
				keep: 6,
				by: found => costOfRequest(found, prices),
				amount: found => costOfRequest(found, prices),
				cell: (found, places) => costCell(found, prices, places),
			},
			{heading: '', cell: found => outcomeLine(outcomeOf(found, basis), lost.get(found.id))},
		],
		rest:
			basis === 'measured' && columns >= leastForCause
				? {
						heading: 'why it was lost',
						least: leastCause,
						cell: ({id}) => {
							const found = lost.get(id);
							return found ? muted(breakPhrase(found)) : [];
						},
					}
				: undefined,
	});
};
