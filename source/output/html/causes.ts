import type {Breaks, CauseTotal} from '../../metrics/breaks/breaks.js';
import {plural} from '../../metrics/number-words.js';
import {formatTokens, moneyColumn} from '../numbers.js';
import {causeNames} from '../phrases.js';
import {html, type Markup} from './markup.js';

/** A bar for each cause: by money, or by tokens if no cause has a price. */
export const causesChart = ({byCause}: Breaks): Markup => {
	const isPriced = byCause.some(({lostCost}) => lostCost !== undefined);
	const sizeOf = (cause: CauseTotal) => (isPriced ? (cause.lostCost ?? 0) : cause.lostTokens);
	const most = Math.max(...byCause.map(sizeOf));
	const costs = moneyColumn(byCause.map(({lostCost}) => lostCost));
	return html`<ul class="causes" aria-label="What was lost, by cause">
${byCause.map((cause, index) => {
	const share = most > 0 ? Math.round((sizeOf(cause) / most) * 1000) / 10 : 0;
	const tokens = `${formatTokens(cause.lostTokens)} tokens`;
	const amount = isPriced ? `${costs[index]}: ${tokens}` : tokens;
	return html`<li><span>${causeNames[cause.cause]}</span><span class="amount">${amount}, ${plural(cause.breaks, 'break')}${cause.reported ? ', reported' : undefined}</span><span class="track"><span class="lost" style="width: ${share}%"></span></span></li>
`;
})}</ul>`;
};
