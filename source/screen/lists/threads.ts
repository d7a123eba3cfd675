import type {Group} from '../../metrics/groups.js';
import type {Report} from '../../metrics/report.js';
import {formatCount, formatPercent} from '../../output/numbers.js';
import {lostMoneyCell, lostTokensCell, netCell, none} from '../presentation/cells.js';
import {modelsPhrase, projectName} from '../presentation/model-names.js';
import {rowTime} from '../presentation/row-time.js';
import {statusToken} from '../presentation/status-token.js';
import {threadName} from '../presentation/thread-names.js';
import {cutText} from '../text/cut.js';
import {type Line, muted, primary, strong, styledAs} from '../text/line.js';
import {type Field, listingOf, type MakeListing} from './listing.js';
import {sortPhrases, type ThreadSort, threadsBy} from './thread-order.js';

const widestProject = 18;
const widestModel = 24;

/** A name that no log can have tells threads without one from all others. */
export const threadKey = (name: string | undefined): string => (name === undefined ? 'none' : `thread ${name}`);

const lossOf = (group: Group): Group | undefined => (group.summary.basis === 'measured' ? group : undefined);

type Column = Field<Group> & {readonly sort?: ThreadSort};

const columnsOf = (report: Report, timeZone: string): readonly Column[] => {
	const measured = report.summary.basis === 'measured';
	const whereMeasured = (line: Line): Line => (measured ? line : []);
	return [
		{heading: 'thread', sort: 'thread', cell: ({name}) => strong(threadName(report, name))},
		{
			heading: 'project',
			keep: 2,
			cell: ({projects}) => {
				const project = projects.at(-1);
				return project === undefined ? [] : primary(cutText(projectName(project), widestProject));
			},
		},
		{heading: 'models', keep: 1, cell: ({models}) => muted(cutText(modelsPhrase(models), widestModel))},
		{
			heading: 'requests',
			sort: 'requests',
			align: 'right',
			keep: 6,
			cell: ({summary}) => primary(formatCount(summary.requests + summary.unmeasured)),
		},
		{
			heading: 'hit rate',
			sort: 'hits',
			align: 'decimal',
			keep: 8,
			cell: ({summary}) => styledAs(statusToken(summary.status), formatPercent(summary.hitRate)),
		},
		{
			heading: 'token hits',
			sort: 'read',
			align: 'decimal',
			keep: 3,
			cell: ({summary}) => whereMeasured(primary(formatPercent(summary.tokenHitRate))),
		},
		{
			heading: 'net saved',
			sort: 'net',
			align: 'decimal',
			keep: 7,
			cell: ({summary}) => netCell(summary.money.netSavings),
		},
		{
			heading: 'lost tokens',
			sort: 'tokens',
			align: 'right',
			keep: 4,
			cell: group => whereMeasured(lossOf(group) ? lostTokensCell(group) : none),
		},
		{
			heading: 'lost',
			sort: 'lost',
			align: 'decimal',
			cell: group => whereMeasured(lossOf(group) ? lostMoneyCell(group) : none),
		},
		{
			heading: 'last seen',
			sort: 'seen',
			align: 'right',
			keep: 5,
			cell: ({lastTime}) => muted(rowTime(lastTime, report.window, timeZone)),
		},
	];
};

/** One row a thread. */
export const threads: MakeListing = ({report, isCounting}, {timeZone, sort}) => {
	const groups = threadsBy(report, sort);
	return listingOf({
		title:
			report.threadCount > groups.length
				? `Threads: ${formatCount(groups.length)} of ${formatCount(report.threadCount)}`
				: 'Threads',
		order: sortPhrases[sort],
		empty: muted(isCounting ? 'Counting…' : 'No threads.'),
		follows: false,
		count: groups.length,
		at: index => groups[index],
		keyOf: ({name}) => threadKey(name),
		opens: ({name}) => ({thread: name, request: undefined}),
		fields: columnsOf(report, timeZone).map(({sort: by, ...field}) =>
			// What the rows are sorted by is always seen.
			by === sort ? {...field, heading: `${field.heading} ↓`, keep: undefined} : field,
		),
	});
};
