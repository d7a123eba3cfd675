import {plural} from '../../metrics/number-words.js';
import type {Report} from '../../metrics/report/report.js';
import type {View, Window} from '../../metrics/windows/window.js';
import type {Snapshot} from '../../monitor/snapshot.js';
import type {OutputContext} from '../../output/context.js';
import {formatTime} from '../../output/numbers.js';
import {picture} from '../../output/picture/picture.js';
import {blankCell, type Cell, cropCells, parseCells} from '../../terminal/cells.js';
import {sanitize} from '../../text/sanitize.js';
import {pageOf} from '../page.js';
import type {Placed} from '../page-parts.js';
import {filterWords} from '../presentation/filter-words.js';
import {endsNow, windowName, windowSpan} from '../presentation/window-words.js';
import {startLocation} from '../state/location.js';
import {atEdges, lineOf} from '../text/arrange.js';
import {cut, fitted} from '../text/cut.js';
import {joined, type Line, muted, primary, space, strong, styledAs, widthOf} from '../text/line.js';
import {type Paint, paint} from '../text/paint.js';
import {colourTheme, lightTheme, type Theme} from '../theme.js';

/** How a picture of the screen is taken. */
export type ScreenshotOptions = {
	/** Of the picture, in cells; 120 x 36 unless told otherwise. */
	readonly columns?: number | undefined;
	readonly rows?: number | undefined;
	readonly theme?: Theme | undefined;
	/** False draws with 7-bit characters only. */
	readonly unicode?: boolean | undefined;
	/** The sources, as the user named them. */
	readonly title: string;
};

const gap = 2;

/** The choice whose window this is. */
const viewOf = ({name, from, to}: Window): View => {
	if (name === 'all') {
		return {choice: {kind: 'all'}, end: undefined};
	}
	return {
		choice: name === 'custom' ? {kind: 'between', from, to} : {kind: 'last', length: to - from, name},
		end: undefined,
	};
};

/** What a screen would be given to show the report. */
const snapshotOf = (report: Report, {readings, problems}: OutputContext): Snapshot => {
	const bytes = readings.reduce((sum, {facts}) => sum + facts.size, 0);
	return {
		view: viewOf(report.window),
		report,
		isCounting: false,
		focused: undefined,
		against: undefined,
		state: 'live',
		progress: {done: bytes, total: bytes, rate: undefined},
		behind: undefined,
		readings,
		problems,
		requestRate: 0,
		now: report.generatedAt,
	};
};

/** What was read over which time: the screen's own header says that it is live, which a picture is not. */
const heading = ({view, report, problems, now}: Snapshot, title: string, zone: string, columns: number): Line => {
	const filter = filterWords(report.filter);
	const right = lineOf(
		[
			{line: problems.length > 0 ? styledAs('status.fair', `! ${plural(problems.length, 'problem')}`) : [], keep: 2},
			{line: strong(windowName(report.window)), keep: 3},
			{
				line: report.total > 0 ? muted(windowSpan(report.window, zone, now, endsNow(view, report.window, now))) : [],
				keep: 1,
			},
		],
		Math.floor(columns / 2),
	);
	const name = joined(
		[styledAs('text.title', 'hitrate'), filter === undefined ? [] : styledAs('notice', ` ${filter} `)],
		gap,
	);
	const room = columns - 2 - widthOf(right) - gap;
	const left = cut(joined([name, primary(sanitize(title))], gap), room);
	return [...space(1), ...atEdges(left, right, columns - 2), ...space(1)];
};

/** In the place of the keys, which nobody can press. */
const footing = (now: number, zone: string, columns: number): Line =>
	fitted([...space(1), ...muted(`made ${formatTime(now, zone)} ${zone}`)], columns);

/** Writes a row of cells as text with SGR sequences. */
const lineText = (cells: readonly Cell[]): string => {
	let text = '';
	let style = '';
	for (const cell of cells) {
		if (cell.text !== '' && cell.style !== style) {
			style = cell.style;
			text += `\u001B[m${style === '' ? '' : `\u001B[${style}m`}`;
		}
		text += cell.text;
	}
	return text;
};

/** Puts the parts of a page where they belong; later ones cover earlier ones. */
const linesOf = (parts: readonly Placed[], columns: number, rows: number, look: Paint): readonly string[] => {
	const screen = Array.from({length: rows}, (): Cell[] => Array.from({length: columns}, () => blankCell));
	for (const {column, row, lines} of parts) {
		for (const [index, line] of lines.entries()) {
			const cells = cropCells(parseCells(paint(line, look)), columns - column);
			screen[row + index]?.splice(column, cells.length, ...cells);
		}
	}
	return screen.map(lineText);
};

/**
 * The dashboard of a report as SVG, as a terminal of that size would show it; it needs none.
 * @param context its zone is the one that times are shown in
 */
export const screenshotOf = (
	report: Report,
	context: OutputContext,
	{columns = 120, rows = 36, theme = colourTheme, unicode = true, title}: ScreenshotOptions,
): string => {
	const {zone, prices} = context;
	const snapshot = snapshotOf(report, context);
	const {parts} = pageOf(snapshot, {
		columns,
		rows,
		unicode,
		timeZone: zone,
		title,
		lookedAt: [],
		waiting: undefined,
		location: startLocation,
		wanted: undefined,
		prompt: undefined,
		prices,
		cover: undefined,
		scrolled: 0,
		rateLine: true,
		hasKeys: false,
		hasDemo: false,
		inDemo: false,
		message: undefined,
	});
	const still: Readonly<Record<string, Line>> = {
		header: heading(snapshot, title, zone, columns),
		footer: footing(report.generatedAt, zone, columns),
	};
	const drawn = parts.map(part => {
		const line = still[part.name];
		return line === undefined ? part : {...part, lines: [line]};
	});
	return picture(linesOf(drawn, columns, rows, {theme, unicode}), {
		columns,
		rows,
		ground: theme === lightTheme ? 'light' : 'dark',
	});
};
