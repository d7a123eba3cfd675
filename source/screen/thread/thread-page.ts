import type {Snapshot} from '../../monitor/snapshot.js';
import {legend} from '../charts/strip.js';
import {type Cursor, locate, type Position} from '../lists/list-cursor.js';
import type {Listing, ListOptions} from '../lists/listing.js';
import {framed} from '../panes/frame.js';
import {itemRows, listPane} from '../panes/list.js';
import {threadName} from '../presentation/thread-names.js';
import {windowName} from '../presentation/window-words.js';
import {fitted} from '../text/cut.js';
import {clipped} from '../text/flow.js';
import {type Line, muted, primary, space, strong, styledAs} from '../text/line.js';
import {leastPlotRows, rowsBelow, threadChart} from './chart.js';
import {headline, identity} from './headline.js';
import {requestList} from './request-list.js';
import {explanation, lossSentence, whatIfLine} from './summary-lines.js';
import {planThread} from './thread-layout.js';
import {firstLook, threadView} from './thread-view.js';

type ThreadPageOptions = Omit<ListOptions, 'order'> & {
	readonly thread: string | undefined;
	readonly cursor: Cursor;
	/** The page that Esc leads back to. */
	readonly from: string;
	readonly rows: number;
	readonly unicode: boolean;
};

type ThreadPage = {
	/** Lines of exactly `columns`: exactly `rows` of them, or fewer if there is nothing more to show. */
	readonly lines: readonly Line[];
	/** Undefined if the window holds none of the thread's requests. */
	/** The row in which the list's frame begins. */
	readonly listRow: number;
	readonly list: {readonly listing: Listing; readonly position: Position} | undefined;
};

const gone = ({report}: Snapshot, {thread, columns}: ThreadPageOptions): readonly Line[] =>
	[
		[],
		[
			...space(3),
			...strong(threadName(report, thread)),
			...primary(` has no requests in this window (${windowName(report.window)}).`),
		],
		[],
		[
			...space(3),
			...styledAs('key', '7'),
			...muted(' shows all there are, '),
			...styledAs('key', 'Esc'),
			...muted(' goes back.'),
		],
	].map(line => fitted(line, columns));

/** The page of one thread: what it lost and why, its prompts as a chart, and its requests. */
export const threadPage = (snapshot: Snapshot, options: ThreadPageOptions): ThreadPage => {
	const {report} = snapshot;
	const {columns, rows, unicode, cursor, from, thread} = options;
	const view = threadView(snapshot, thread);
	if (!view) {
		return {lines: gone(snapshot, options).slice(0, rows), list: undefined, listRow: 0};
	}
	const sentence = lossSentence(view, columns - 2);
	const measured = view.group.summary.rated > 0 && view.group.summary.basis === 'measured';
	const whatIf = whatIfLine(view, columns - 2);
	const plan = planThread(columns, rows, {
		sentence: sentence.length,
		hasWhatIf: whatIf.length > 0,
		explains: view.group.breaks > 0,
		leastChart: measured ? leastPlotRows + rowsBelow(view) : 0,
		requests: view.requests.length,
	});
	const {frame} = plan;
	const listing = requestList(view, options);
	const position = locate(
		cursor,
		{count: listing.count, rows: itemRows({rows: plan.table, frame}), indexOf: listing.indexOf},
		firstLook(view),
	);
	const selected = view.requests[position.selected];
	const explained = explanation(view, selected, columns - 2);
	const told = clipped(explained, plan.explanation, columns - 2);
	const border = frame === 'box' ? 2 : 1;
	const inset = (line: Line): Line => fitted([...space(1), ...line], columns);
	const chart =
		plan.chart === 0
			? []
			: framed(
					{title: 'Prompt tokens', aside: legend(unicode)},
					threadChart(view, {
						columns: columns - 2 * border,
						rows: plan.chart - border,
						selected: position.selected,
						unicode,
					}),
					{frame, columns, rows: plan.chart},
				);
	const above = [
		headline(view, report, from, columns),
		...(plan.identity > 0 && selected ? [identity(view, selected, columns)] : []),
		...sentence.slice(0, plan.sentence).map(inset),
		...(plan.whatIf > 0 ? [inset(whatIf)] : []),
		...chart,
		...Array.from({length: plan.explanation}, (_, row) => inset(told[row] ?? [])),
	];
	return {
		lines: [...above, ...listPane(listing, position, {frame, columns, rows: plan.table})],
		listRow: above.length,
		list: {listing, position},
	};
};
