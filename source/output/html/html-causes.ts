import type {Breaks, CauseTotal} from '../../metrics/breaks/breaks.js';
import {plural} from '../../metrics/words.js';
import {formatMoney, formatTokens} from '../numbers.js';
import {causeNames} from '../phrases.js';
import {html, type Markup} from './html-markup.js';
import {pixel, plot} from './html-plot.js';

const rowHeight = 30;
const names = 130;
const values = 250;

const amountText = ({breaks, lostTokens, lostCost}: CauseTotal): string => {
	const tokens = `${formatTokens(lostTokens)} tokens, ${plural(breaks, 'time')}`;
	return lostCost === undefined ? tokens : `${formatMoney(lostCost)}: ${tokens}`;
};

/** A bar for each cause: by money, by tokens where none of them has a price. */
export const causesChart = ({byCause}: Breaks): Markup => {
	const isPriced = byCause.some(({lostCost}) => lostCost !== undefined);
	const sizeOf = (cause: CauseTotal) => (isPriced ? (cause.lostCost ?? 0) : cause.lostTokens);
	const most = Math.max(...byCause.map(sizeOf));
	const height = byCause.length * rowHeight;
	return html`<svg viewBox="0 0 ${plot.width} ${height}" role="img" aria-label="What was lost, by cause">
${byCause.map((cause, index) => {
	const y = index * rowHeight;
	const width = most > 0 ? (sizeOf(cause) / most) * (plot.width - names - values) : 0;
	return html`<text class="name" x="0" y="${y + 19}">${causeNames[cause.cause]}</text>
<rect class="lost" x="${names}" y="${y + 5}" width="${pixel(Math.max(2, width))}" height="20" rx="2"/>
<text x="${pixel(names + Math.max(2, width) + 8)}" y="${y + 19}">${amountText(cause)}</text>
`;
})}</svg>`;
};
