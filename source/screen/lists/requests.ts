import {writtenTokens} from '../../request.js';
import {breakPhrase} from '../presentation/cause-words.js';
import {costCell, markedCell, tokenCell} from '../presentation/cells.js';
import {shortModel} from '../presentation/model-names.js';
import {outcomeLine, outcomeOf} from '../presentation/request-words.js';
import {rowTime} from '../presentation/row-time.js';
import {threadName} from '../presentation/thread-names.js';
import {breaksById} from '../report-index.js';
import {cutText} from '../text/cut.js';
import {muted, primary, strong} from '../text/line.js';
import {listingOf, type MakeListing, newestFirst} from './listing.js';

const widestModel = 24;
const leastCause = 18;

/** The live tail: one row a request, the newest first. */
export const requests: MakeListing = ({report}, {timeZone, prices}) => {
	const all = report.requests;
	const {basis} = report.summary;
	const lost = breaksById(report);
	return listingOf({
		title: 'Requests',
		order: newestFirst(all.length, report.count),
		empty: muted('No requests.'),
		follows: true,
		count: all.length,
		at: index => all[all.length - 1 - index],
		keyOf: ({id}) => id,
		opens: ({id, thread}) => ({thread, request: id}),
		fields: [
			{heading: 'time', align: 'right', cell: ({time}) => primary(rowTime(time, report.window, timeZone))},
			{heading: 'thread', keep: 7, cell: ({thread}) => strong(threadName(report, thread))},
			{heading: 'model', keep: 4, cell: ({model}) => muted(cutText(shortModel(model), widestModel))},
			{
				heading: 'marked',
				align: 'right',
				keep: 1,
				cell: found => (basis === 'planned' ? markedCell(found) : []),
			},
			{heading: 'read', align: 'right', keep: 9, cell: ({usage}) => tokenCell(usage?.cacheRead)},
			{heading: 'written', align: 'right', keep: 8, cell: ({usage}) => tokenCell(usage && writtenTokens(usage))},
			{heading: 'uncached', align: 'right', keep: 3, cell: ({usage}) => tokenCell(usage?.uncached)},
			{heading: 'output', align: 'right', keep: 2, cell: ({usage}) => tokenCell(usage?.output)},
			{heading: 'cost', align: 'decimal', keep: 6, cell: found => costCell(found, prices)},
			{heading: '', cell: found => outcomeLine(outcomeOf(found, basis), lost.get(found.id))},
		],
		rest:
			basis === 'measured'
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
