import type {SeriesPoint} from '../../metrics/windows/series.js';
import type {Window} from '../../metrics/windows/window.js';
import {formatTime} from '../numbers.js';
import {html, type Markup} from './markup.js';

/**
 * Geometry of a chart: its width, the ends of its plot area (pixels), and the maximum number of labels on its time
 * axis.
 */
export type Plot = {
	readonly kind: 'wide' | 'narrow';
	readonly width: number;
	readonly left: number;
	readonly right: number;
	readonly mostSteps: number;
};

/**
 * Each chart is drawn twice, for a page and for a phone, and the style sheet shows one of them: text of a scaled-down
 * chart would be unreadable.
 */
export const plots: readonly Plot[] = [
	{kind: 'wide', width: 720, left: 68, right: 708, mostSteps: 7},
	{kind: 'narrow', width: 320, left: 64, right: 314, mostSteps: 2},
];

/** Rounds pixels to a tenth. */
export const pixel = (value: number): number => Math.round(value * 10) / 10;

/** A horizontal grid line at a height in pixels from the top. */
export const row = (plot: Plot, y: number): Markup =>
	html`<line class="grid" x1="${plot.left}" x2="${plot.right}" y1="${pixel(y)}" y2="${pixel(y)}"/>`;

/** A label to the left of the plot area, at the height of its value. */
export const rowLabel = (plot: Plot, text: string, y: number): Markup =>
	html`<text x="${plot.left - 8}" y="${pixel(y + 4)}" text-anchor="end">${text}</text>`;

/** The width of a slice on a plot: its edges and its middle, pixels from the left. */
export type Slot = {readonly from: number; readonly to: number; readonly middle: number};

/** The horizontal position of an instant, in pixels from the left. */
export const xOf = (plot: Plot, time: number, {from, to}: Window): number =>
	plot.left + ((time - from) / Math.max(1, to - from)) * (plot.right - plot.left);

/** The positions of the slices of a window, in pixels. */
export const slotsOf = (plot: Plot, series: readonly SeriesPoint[], window: Window): readonly Slot[] =>
	series.map(({time}, index) => {
		const start = xOf(plot, time, window);
		const end = xOf(plot, series[index + 1]?.time ?? window.to, window);
		return {from: start, to: end, middle: (start + end) / 2};
	});

/** A bar as wide as its slice, minus a small gap. */
export const barIn = (slot: Slot, top: number, bottom: number, kind: string): Markup => {
	const gap = Math.min(1, (slot.to - slot.from) / 4);
	const width = Math.max(0.5, slot.to - slot.from - gap);
	return html`<rect class="${kind}" x="${pixel(slot.from)}" y="${pixel(top)}" width="${pixel(width)}" height="${pixel(bottom - top)}"/>`;
};

const day = 86_400_000;

/** The number of equal parts that the labels divide a window into: whole days if it has several. */
const stepsOf = (length: number, most: number): number =>
	[7, 6, 5, 4, 3, 2].find(steps => steps <= most && length % (steps * day) === 0) ?? Math.min(4, most);

/** Labels of the time axis; only dates if the window is long. */
export const timeLabels = (plot: Plot, {from, to}: Window, zone: string, y: number): readonly Markup[] => {
	const steps = stepsOf(to - from, plot.mostSteps);
	return Array.from({length: steps + 1}, (_, index) => {
		const share = index / steps;
		const text = formatTime(from + share * (to - from), zone);
		const shown = to - from >= 4 * day ? text.replace(/ [\d:]+$/, '') : text;
		const anchor = index === 0 ? 'start' : index === steps ? 'end' : 'middle';
		const x = pixel(plot.left + share * (plot.right - plot.left));
		return html`<text x="${x}" y="${y}" text-anchor="${anchor}">${shown}</text>`;
	});
};
