import type {Break} from '../../metrics/breaks/breaks.js';
import {headline} from '../../output/why/text.js';
import {age} from '../presentation/age.js';
import {breakDetail, breakName, certainty} from '../presentation/cause-words.js';
import {lostMoneyCell, lostTokensCell} from '../presentation/cells.js';
import {shortModel} from '../presentation/model-names.js';
import {projectName} from '../presentation/project-names.js';
import {shortGap} from '../presentation/row-time.js';
import {threadName} from '../presentation/thread-names.js';
import {cutText} from '../text/cut.js';
import {muted, primary, strong} from '../text/line.js';
import {listingOf, type MakeListing, newestOf} from './listing.js';
import {breakDetailOf} from './request-detail.js';

const leastDetail = 16;
/** Minimum columns for the evidence; on narrower pages the other columns need the room. */
const leastForEvidence = 60;
const widestProject = 16;
const widestModel = 18;

/** One row per break, most expensive first. */
export const breaks: MakeListing = ({report, now}, {timeZone, columns, order = {column: 'cost', reversed: false}}) => {
	const {all} = report.breaks;
	return listingOf({
		sort: {report, name: 'breaks', order},
		title: 'Breaks',
		note: newestOf(all.length, report.breaks.count),
		empty: muted(headline(report)),
		follows: order.column === 'when' && !order.reversed,
		items: all,
		keyOf: ({request}) => request.id,
		opens: ({request}) => ({thread: request.thread, request: request.id}),
		copies: ({request}) => request.thread,
		detail: found => breakDetailOf(report, found, timeZone),
		fields: [
			{
				heading: 'cost',
				align: 'decimal',
				keep: 20,
				by: costOfBreak,
				amount: ({lostCost}) => lostCost,
				cell: lostMoneyCell,
			},
			{heading: 'lost', align: 'right', keep: 5, by: ({lostTokens}) => lostTokens, cell: lostTokensCell},
			{heading: 'cause', by: breakName, cell: found => primary(breakName(found))},
			{heading: '', keep: 9, cell: found => muted(certainty(found))},
			{
				heading: 'when',
				align: 'right',
				keep: 6,
				by: ({request}) => request.time,
				cell: ({request}) => primary(age(request.time, now)),
			},
			{
				heading: 'project',
				keep: 3,
				by: ({request}) => request.project,
				cell: ({request}) =>
					request.project === undefined ? [] : primary(cutText(projectName(report, request.project), widestProject)),
			},
			{
				heading: 'thread',
				keep: 4,
				by: ({request}) => request.thread ?? '',
				cell: ({request}) => strong(threadName(report, request.thread)),
			},
			{
				heading: 'model',
				keep: 2,
				by: ({request}) => request.model,
				cell: ({request}) => muted(cutText(shortModel(request.model), widestModel)),
			},
			{
				heading: 'gap',
				align: 'right',
				keep: 1,
				by: ({gap}) => gap,
				cell: ({gap}) => (gap === undefined ? [] : muted(shortGap(gap))),
			},
		],
		rest:
			columns < leastForEvidence
				? undefined
				: {heading: 'evidence', least: leastDetail, cell: found => muted(breakDetail(found))},
	});
};

/** Sort key: a loss without a known price ranks above no loss and below every known price. */
const costOfBreak = ({lostCost}: Break): number => lostCost ?? Number.MIN_VALUE;
