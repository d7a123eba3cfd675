import type {SeriesPoint} from '../../metrics/windows/series.js';
import type {Window} from '../../metrics/windows/window.js';
import {formatTime} from '../numbers.js';
import {html, type Markup} from './html-markup.js';

/** Pixels of a chart that is as wide as the page. */
export const plot = {width: 720, left: 52, right: 708} as const;

/** As few digits as a picture needs. */
export const pixel = (value: number): number => Math.round(value * 10) / 10;

export const row = (y: number): Markup =>
	html`<line class="grid" x1="${plot.left}" x2="${plot.right}" y1="${pixel(y)}" y2="${pixel(y)}"/>`;

/** A label left of the plot, at the height of what it tells. */
export const rowLabel = (text: string, y: number): Markup =>
	html`<text x="${plot.left - 8}" y="${pixel(y + 4)}" text-anchor="end">${text}</text>`;

export type Slot = {readonly from: number; readonly to: number; readonly middle: number};

/** Where an instant of a window lies, pixels from the left. */
export const xOf = (time: number, {from, to}: Window): number =>
	plot.left + ((time - from) / Math.max(1, to - from)) * (plot.right - plot.left);

/** Where the slices of a window lie, pixels. */
export const slotsOf = (series: readonly SeriesPoint[], window: Window): readonly Slot[] =>
	series.map(({time}, index) => {
		const start = xOf(time, window);
		const end = xOf(series[index + 1]?.time ?? window.to, window);
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
const stepsOf = (length: number): number => [7, 6, 5, 4].find(steps => length % (steps * day) === 0) ?? 4;

/** Times below a plot; days alone where the window is long. */
export const timeLabels = ({from, to}: Window, zone: string, y: number): readonly Markup[] => {
	const steps = stepsOf(to - from);
	return Array.from({length: steps + 1}, (_, index) => {
		const share = index / steps;
		const text = formatTime(from + share * (to - from), zone);
		const shown = to - from >= 4 * day ? text.replace(/ [\d:]+$/, '') : text;
		const anchor = index === 0 ? 'start' : index === steps ? 'end' : 'middle';
		const x = pixel(plot.left + share * (plot.right - plot.left));
		return html`<text x="${x}" y="${y}" text-anchor="${anchor}">${shown}</text>`;
	});
};
