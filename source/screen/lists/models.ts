import type {Group} from '../../metrics/groups.js';
import {cutMiddle} from '../../output/cut-middle.js';
import {formatCount, formatMoney, formatPercent, formatTokens} from '../../output/numbers.js';
import {sanitize} from '../../text/sanitize.js';
import {lostMoneyCell, netCell, none} from '../presentation/cells.js';
import {policyNames} from '../presentation/policy-words.js';
import {statusToken} from '../presentation/status-token.js';
import {cutText} from '../text/cut.js';
import {type Line, muted, primary, strong, styledAs} from '../text/line.js';
import {listingOf, type MakeListing} from './listing.js';

/** Of the width, for the names of models. */
const modelShare = 0.35;
const leastModel = 16;
const widestSource = 40;

const cheapest = ({whatIf}: Group): Line => {
	if (!whatIf) {
		return [];
	}
	return whatIf.cheapest === undefined ? none : primary(policyNames[whatIf.cheapest]);
};

/** One row a model. */
export const models: MakeListing = ({report}, {columns}) => {
	const widestModel = Math.max(leastModel, Math.floor(columns * modelShare));
	const measured = report.summary.basis === 'measured';
	const whereMeasured = (line: Line): Line => (measured ? line : []);
	const priceSource = ({price}: Group): Line => muted(cutText(sanitize(price?.from ?? 'n/a'), widestSource));
	return listingOf<Group>({
		title: 'Models',
		order: 'most requests first',
		empty: muted('No models.'),
		follows: false,
		count: report.models.length,
		at: index => report.models[index],
		keyOf: ({name}) => (name === undefined ? 'none' : `model ${name}`),
		opens: () => undefined,
		fields: [
			{heading: 'model', cell: ({name}) => strong(name === undefined ? 'n/a' : cutMiddle(sanitize(name), widestModel))},
			{
				heading: 'requests',
				align: 'right',
				keep: 8,
				cell: ({summary}) => primary(formatCount(summary.requests + summary.unmeasured)),
			},
			{
				heading: 'hit rate',
				align: 'decimal',
				keep: 10,
				cell: ({summary}) => styledAs(statusToken(summary.status), formatPercent(summary.hitRate)),
			},
			{
				heading: 'token hits',
				align: 'decimal',
				keep: 5,
				cell: ({summary}) => whereMeasured(primary(formatPercent(summary.tokenHitRate))),
			},
			{
				heading: 'read',
				align: 'right',
				keep: 3,
				cell: ({summary}) => whereMeasured(primary(formatTokens(summary.tokens.cacheRead))),
			},
			{
				heading: 'written',
				align: 'right',
				keep: 2,
				cell: ({summary}) => whereMeasured(primary(formatTokens(summary.tokens.written))),
			},
			{
				heading: 'without',
				align: 'decimal',
				keep: 4,
				cell: ({summary}) => primary(formatMoney(summary.money.withoutCache)),
			},
			{heading: 'with', align: 'decimal', keep: 6, cell: ({summary}) => primary(formatMoney(summary.money.withCache))},
			{heading: 'net saved', align: 'decimal', keep: 9, cell: ({summary}) => netCell(summary.money.netSavings)},
			{heading: 'lost', align: 'decimal', cell: group => whereMeasured(lostMoneyCell(group))},
			{heading: 'cheapest', keep: 7, cell: cheapest},
			{heading: 'priced as', keep: 1, cell: priceSource},
		],
	});
};
