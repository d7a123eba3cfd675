import type {Snapshot} from '../../monitor/snapshot.js';
import {columnsOf} from '../../text/columns-of.js';
import {lineChart} from '../charts/line-chart.js';
import {markRow} from '../charts/mark-row.js';
import {axisColumns, legend, strip, topOf} from '../charts/strip.js';
import {type Slot, slotsOf} from '../charts/time-slots.js';
import {axisTime, endsNow, roundLength, windowPhrase} from '../presentation/window-words.js';
import {type Line, muted, padEnd, primary, space, strong, styledAs, widthOf} from '../text/line.js';
import type {Drawing, PaneTitle} from './pane.js';

/** Minimum columns per bar: its rate may be `100✕`, plus a space. */
const leastPitch = 5;
const widestPitch = 16;
const widestBar = 10;
const barGap = 2;
/** Columns of the frame around a title and its legend, minus the frame's columns around content. */
const titleMargin = 5;

/** Minimum number of points for a line of the rate: with fewer, the numbers below the bars say as much. */
const leastPoints = 16;
const lineShare = 0.35;
const lineRows = {least: 3, most: 9} as const;
const leastRowsWithLine = 11;
/** An odd number of rows has a middle one, for the label of 50 %. */
const odd = (rows: number): number => rows - (rows % 2 === 0 ? 1 : 0);
/** Minimum rows: two of bars and one of rates. */
export const leastTokenRows = 3;
const leastRowsWithLabels = 4;
const leastRowsWithMarks = 8;

const slotsIn = ({report}: Snapshot, columns: number): readonly Slot[] =>
	slotsOf(report, Math.floor((columns - axisColumns) / leastPitch));

/** True if the window has tokens to draw. */
export const hasTokens = ({report}: Snapshot): boolean => report.series.some(({tokens}) => tokens !== undefined);

/** Why there is no line of the hit rate above the bars. */
export type NoLine = 'no-tokens' | 'few-points' | 'no-room';

/** Why a dashboard with numbers does not draw the line of the hit rate, if it does not. */
export const whyNoLine = (snapshot: Snapshot): NoLine =>
	!hasTokens(snapshot) ? 'no-tokens' : hasLine(snapshot) ? 'no-room' : 'few-points';

/** True if there are enough points for a line of the rate. */
const hasLine = ({report}: Snapshot): boolean =>
	report.series.filter(({hitRate}) => hitRate !== undefined).length >= leastPoints;

const labelled = (label: string, line: Line): Line => [...muted(`${label.padStart(axisColumns - 2)}  `), ...line];

/** The hit rate of each slot, as a number below its bar; a cross marks slots in which tokens were lost. */
const rateRow = (slots: readonly Slot[], pitch: number, unicode: boolean): Line =>
	slots.flatMap(({hitRate, tokens}) => {
		const rate = hitRate === undefined ? [] : strong((hitRate * 100).toFixed(0));
		const lost = tokens && tokens.lost > 0 ? styledAs('status.poor', unicode ? '✕' : 'x') : [];
		return padEnd([...space(1), ...rate, ...lost], pitch);
	});

const day = 86_400_000;
/** Names of slot lengths that read better than the length itself. */
const slotNames: Readonly<Record<string, string>> = {d: 'day', '24 h': 'day', h: 'hour', min: 'minute', s: 'second'};

/** The start time of each slot, as far as there is room. What the label before says already is not repeated. */
const timeRow = (
	slots: readonly Slot[],
	pitch: number,
	{timeZone, toNow}: {readonly timeZone: string; readonly toNow: boolean},
): Line => {
	const [first] = slots;
	const last = slots.at(-1);
	if (!first || !last) {
		return [];
	}
	let row = '';
	let said = '';
	for (const [index, {from, to}] of slots.entries()) {
		// The days of a time zone differ from those of UTC, but their middles have the same date.
		const at = to - from >= day ? from + day / 2 : from;
		const label = toNow && index === slots.length - 1 ? 'now' : axisTime(at, last.to - first.from, timeZone);
		const start = index * pitch + 1;
		if (label !== said && (row === '' || start > columnsOf(row))) {
			row = `${row.padEnd(start)}${label}`;
			said = label;
		}
	}
	return muted(row);
};

/** The line of the hit rate over the same time axis as the bars. */
const rateLine = (
	snapshot: Snapshot,
	slots: readonly Slot[],
	{rows, pitch, unicode}: {readonly rows: number; readonly pitch: number; readonly unicode: boolean},
): readonly Line[] => {
	const {series, sliceWidth} = snapshot.report;
	const from = slots[0]?.from ?? 0;
	const values: (number | undefined)[] = Array.from({
		length: Math.round(((slots.at(-1)?.to ?? 0) - from) / sliceWidth),
	});
	for (const {time, hitRate} of series) {
		values[Math.floor((time - from) / sliceWidth)] = hitRate === undefined ? undefined : hitRate * 100;
	}
	const drawn = lineChart({
		columns: axisColumns + slots.length * pitch,
		rows,
		values,
		top: 100,
		format: value => `${value} %`,
		labelColumns: axisColumns - 2,
		unicode,
	});
	return drawn.map(row => [...muted(row.slice(0, axisColumns)), ...styledAs('chart', row.slice(axisColumns))]);
};

/** The title of the token bars, with a legend if there is room. */
export const tokenBarsTitle = (
	snapshot: Snapshot,
	{columns, unicode}: Pick<Drawing, 'columns' | 'unicode'>,
): PaneTitle => {
	const {view, report} = snapshot;
	const [first] = slotsIn(snapshot, columns);
	const each = first ? roundLength(first.to - first.from).replace(/^1 /, '') : '';
	const fillings = legend(unicode);
	const title = `Input tokens per ${slotNames[each] ?? each}`;
	const whole = `${title}, ${windowPhrase(view, report.window)}`;
	// The header names the window already, but only the legend explains the shades.
	const fits = columnsOf(whole) + widthOf(fillings) + titleMargin <= columns;
	return {title: fits ? whole : title, aside: fillings};
};

/** Input tokens over time by outcome, with the hit rate of each bar below it. */
export const drawTokenBars = (snapshot: Snapshot, drawing: Drawing): readonly Line[] => {
	const {columns, rows, unicode, timeZone, rateLine: wantsLine} = drawing;
	const {view, report, now} = snapshot;
	const slots = slotsIn(snapshot, columns);
	const room = columns - axisColumns;
	const pitch = Math.min(widestPitch, Math.floor(room / Math.max(1, slots.length)));
	const bars = slots.map(({tokens}) => tokens);
	const hasMarks = rows >= leastRowsWithMarks && report.marks.length > 0;
	const below = (rows >= leastTokenRows ? 1 : 0) + (rows >= leastRowsWithLabels ? 1 : 0) + (hasMarks ? 1 : 0);
	const above =
		wantsLine && rows >= leastRowsWithLine && hasLine(snapshot)
			? odd(Math.max(lineRows.least, Math.min(lineRows.most, Math.floor(rows * lineShare))))
			: 0;
	const plot = strip({
		bars,
		rows: rows - below - above,
		top: topOf(bars),
		pitch,
		barColumns: Math.min(widestBar, pitch - barGap),
		unicode,
	});
	const span = {from: slots[0]?.from ?? 0, to: slots.at(-1)?.to ?? 0, name: 'custom'};
	const toNow = endsNow(view, report.window, now);
	return [
		...(above > 0 ? rateLine(snapshot, slots, {rows: above, pitch, unicode}) : []),
		...plot,
		...(rows >= leastTokenRows ? [labelled('hit %', rateRow(slots, pitch, unicode))] : []),
		...(hasMarks ? [labelled('mark', primary(markRow(report.marks, span, slots.length * pitch, unicode)))] : []),
		...(rows >= leastRowsWithLabels ? [labelled('', timeRow(slots, pitch, {timeZone, toNow}))] : []),
	];
};
