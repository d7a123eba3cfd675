import type {Mark} from '../../metrics/marks.js';
import type {Report} from '../../metrics/report/report.js';
import type {Window} from '../../metrics/windows/window.js';
import {formatCount, formatMoney, formatPercent, formatTime} from '../numbers.js';
import {html, type Markup} from './markup.js';
import {barIn, type Plot, pixel, plots, row, rowLabel, type Slot, slotsOf, timeLabels, xOf} from './plot.js';

const rates = {top: 10, bottom: 170} as const;
const counts = {top: 184, bottom: 224} as const;
const trendHeight = 250;

const rateY = (rate: number): number => rates.bottom - rate * (rates.bottom - rates.top);

/** The rates over the window, and the number of requests. */
export const trendChart = (report: Report, zone: string): Markup =>
	html`${plots.map(plot => trendOn(plot, report, zone))}${markList(report.marks, zone)}`;

const trendOn = (plot: Plot, {series, window, summary, marks}: Report, zone: string): Markup => {
	const slots = slotsOf(plot, series, window);
	const most = Math.max(1, ...series.map(({requests}) => requests));
	const bars = series.flatMap(({requests}, index) => {
		const slot = slots[index];
		const height = (requests / most) * (counts.bottom - counts.top);
		return slot && requests > 0 ? [barIn(slot, counts.bottom - height, counts.bottom, 'requests')] : [];
	});
	const said = `Hit rate over the window, ${formatPercent(summary.hitRate)} in all; up to ${formatCount(most)} requests at a time`;
	return html`<svg class="${plot.kind}" viewBox="0 0 ${plot.width} ${trendHeight}" role="img" aria-label="${said}">
${[0, 0.25, 0.5, 0.75, 1].map(rate => [row(plot, rateY(rate)), rowLabel(plot, `${rate * 100} %`, rateY(rate))])}
${bars}${row(plot, counts.bottom)}${rowLabel(plot, formatCount(most), counts.top + 4)}
${line(
	series.map(({tokenHitRate}) => tokenHitRate),
	slots,
	'second',
)}
${line(
	series.map(({hitRate}) => hitRate),
	slots,
	'first',
)}
${marks.map(mark => markLine(plot, mark, window))}
${timeLabels(plot, window, zone, trendHeight - 8)}
</svg>`;
};

/** A mark crosses both charts. Its name is the tooltip and an entry in the list below. */
const markLine = (plot: Plot, {time, name}: Mark, window: Window): Markup => {
	const x = pixel(xOf(plot, time, window));
	return html`<line class="mark" x1="${x}" x2="${x}" y1="${rates.top}" y2="${counts.bottom}"><title>${name}</title></line>`;
};

const markList = (marks: readonly Mark[], zone: string): Markup =>
	marks.length === 0
		? html``
		: html`<ul class="marks">${marks.map(({time, name}) => html`<li>${formatTime(time, zone)} ${name}</li>\n`)}</ul>`;

/** A line that is interrupted where values are unknown; an isolated value is a dot. */
const line = (values: readonly (number | undefined)[], slots: readonly Slot[], kind: string): Markup => {
	const runs: [number, number][][] = [[]];
	for (const [index, value] of values.entries()) {
		if (value === undefined) {
			runs.push([]);
		} else {
			runs.at(-1)?.push([pixel(slots[index]?.middle ?? 0), pixel(rateY(value))]);
		}
	}
	return html`${runs.flatMap(run => {
		const [[x, y] = [0, 0], ...more] = run;
		if (run.length === 0) {
			return [];
		}
		return more.length === 0
			? [html`<circle class="${kind}-dot" cx="${x}" cy="${y}" r="2.5"/>`]
			: [html`<polyline class="${kind}" points="${run.map(point => point.join(',')).join(' ')}"/>`];
	})}`;
};

const money = {top: 12, bottom: 122} as const;
const moneyHeight = 150;

/** Net savings per slice, negative ones below the axis; undefined if no costs are known. */
export const savingsChart = (report: Report, zone: string): Markup | undefined => {
	const known = report.series.flatMap(({netSavings}) => netSavings ?? []);
	const highest = Math.max(0, ...known);
	const lowest = Math.min(0, ...known);
	return highest === lowest ? undefined : html`${plots.map(plot => savingsOn(plot, report, zone, highest, lowest))}`;
};

/** Amounts without cents if they would not matter, since there is little room. */
const amountLabel = (amount: number): string =>
	Math.abs(amount) >= 1000 ? formatMoney(amount).replace(/\.\d+$/, '') : formatMoney(amount);

const savingsOn = (plot: Plot, {series, window}: Report, zone: string, highest: number, lowest: number): Markup => {
	const slots = slotsOf(plot, series, window);
	const yOf = (amount: number) => money.bottom - ((amount - lowest) / (highest - lowest)) * (money.bottom - money.top);
	const bars = series.flatMap(({netSavings}, index) => {
		const slot = slots[index];
		if (!slot || netSavings === undefined || netSavings === 0) {
			return [];
		}
		return [
			netSavings > 0 ? barIn(slot, yOf(netSavings), yOf(0), 'gain') : barIn(slot, yOf(0), yOf(netSavings), 'loss'),
		];
	});
	const edges = [...new Set([highest, 0, lowest])].filter(
		(amount, index, all) => index === all.indexOf(0) || Math.abs(yOf(amount) - yOf(0)) > 14,
	);
	return html`<svg class="${plot.kind}" viewBox="0 0 ${plot.width} ${moneyHeight}" role="img" aria-label="${`Net savings over the window, from ${formatMoney(lowest)} to ${formatMoney(highest)} at a time`}">
${bars}${edges.map(amount => [row(plot, yOf(amount)), rowLabel(plot, amountLabel(amount), yOf(amount))])}
${timeLabels(plot, window, zone, moneyHeight - 8)}
</svg>`;
};
