import {breakDetail, breakName, certainty} from '../presentation/cause-words.js';
import {lostMoneyCell, lostTokensCell} from '../presentation/cells.js';
import {rowTime} from '../presentation/row-time.js';
import {threadName} from '../presentation/thread-names.js';
import {muted, primary, strong} from '../text/line.js';
import {listingOf, type MakeListing, newestFirst} from './listing.js';

const leastDetail = 16;

/** One row a break, the newest first. */
export const breaks: MakeListing = ({report}, {timeZone}) => {
	const {all} = report.breaks;
	const measured = report.summary.basis === 'measured';
	return listingOf({
		title: 'Breaks',
		order: newestFirst(all.length, report.breaks.count),
		empty: muted(
			measured ? 'No breaks: nothing that was in the cache was lost.' : 'Not known: the log tells no usage.',
		),
		follows: true,
		count: all.length,
		at: index => all[all.length - 1 - index],
		keyOf: ({request}) => request.id,
		opens: ({request}) => ({thread: request.thread, request: request.id}),
		fields: [
			{
				heading: 'time',
				align: 'right',
				keep: 3,
				cell: ({request}) => primary(rowTime(request.time, report.window, timeZone)),
			},
			{heading: 'thread', keep: 2, cell: ({request}) => strong(threadName(report, request.thread))},
			{heading: 'cause', cell: found => primary(breakName(found))},
			{heading: '', cell: found => muted(certainty(found))},
			{heading: 'lost tokens', align: 'right', keep: 1, cell: lostTokensCell},
			{heading: 'cost', align: 'decimal', cell: lostMoneyCell},
		],
		rest: {heading: 'what was seen', least: leastDetail, cell: found => muted(breakDetail(found))},
	});
};
