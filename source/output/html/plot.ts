import type {SeriesPoint} from '../../metrics/windows/series.js';
import type {Window} from '../../metrics/windows/window.js';
import {formatTime} from '../numbers.js';
import {html, type Markup} from './markup.js';

/** How wide a chart is, where its plot begins and ends, and how many labels its time axis may have; pixels. */
export type Plot = {
	readonly kind: 'wide' | 'narrow';
	readonly width: number;
	readonly left: number;
	readonly right: number;
	readonly mostSteps: number;
};

/**
 * A chart is drawn for a page and once more for a phone, and the style shows one of them: scaled down, its text could not
 * be read.
 */
export const plots: readonly Plot[] = [
	{kind: 'wide', width: 720, left: 68, right: 708, mostSteps: 7},
	{kind: 'narrow', width: 320, left: 64, right: 314, mostSteps: 2},
];

/** Pixels to a tenth, which is all that a picture needs. */
export const pixel = (value: number): number => Math.round(value * 10) / 10;

/** A horizontal line of the grid, at a height in pixels from the top. */
export const row = (plot: Plot, y: number): Markup =>
	html`<line class="grid" x1="${plot.left}" x2="${plot.right}" y1="${pixel(y)}" y2="${pixel(y)}"/>`;

/** A label left of the plot, at the height of what it tells. */
export const rowLabel = (plot: Plot, text: string, y: number): Markup =>
	html`<text x="${plot.left - 8}" y="${pixel(y + 4)}" text-anchor="end">${text}</text>`;

/** The width of a slice on a plot: its edges and its middle, pixels from the left. */
export type Slot = {readonly from: number; readonly to: number; readonly middle: number};

/** Where an instant of a window lies, pixels from the left. */
export const xOf = (plot: Plot, time: number, {from, to}: Window): number =>
	plot.left + ((time - from) / Math.max(1, to - from)) * (plot.right - plot.left);

/** Where the slices of a window lie, pixels. */
export const slotsOf = (plot: Plot, series: readonly SeriesPoint[], window: Window): readonly Slot[] =>
	series.map(({time}, index) => {
		const start = xOf(plot, time, window);
		const end = xOf(plot, series[index + 1]?.time ?? window.to, window);
		return {from: start, to: end, middle: (start + end) / 2};
	});

/** A bar as wide as its slice, a little apart from the next. */
export const barIn = (slot: Slot, top: number, bottom: number, kind: string): Markup => {
	const gap = Math.min(1, (slot.to - slot.from) / 4);
	const width = Math.max(0.5, slot.to - slot.from - gap);
	return html`<rect class="${kind}" x="${pixel(slot.from)}" y="${pixel(top)}" width="${pixel(width)}" height="${pixel(bottom - top)}"/>`;
};

const day = 86_400_000;

/** Into how many equal parts labels divide a window: whole days where it has some. */
const stepsOf = (length: number, most: number): number =>
	[7, 6, 5, 4, 3, 2].find(steps => steps <= most && length % (steps * day) === 0) ?? Math.min(4, most);

/** Times below a plot; days alone where the window is long. */
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
