import type {Group} from '../../metrics/groups.js';
import {formatMoneyTo, formatTokens} from '../../output/numbers.js';
import {knowsBreaks} from '../../output/phrases.js';
import {columnsOf} from '../../text/columns-of.js';
import {cutMiddle} from '../../text/cut-middle.js';
import {sanitize} from '../../text/sanitize.js';
import {none} from '../presentation/cells.js';
import {modelNames} from '../presentation/model-names.js';
import {policyNames} from '../presentation/policy-words.js';
import {cutText} from '../text/cut.js';
import {type Line, muted, primary, strong} from '../text/line.js';
import {groupLines, nameLine} from './group-detail.js';
import {groupFields} from './group-fields.js';
import {listingOf, type MakeListing} from './listing.js';

/** Share of the width for the names of models. */
const modelShare = 0.35;
const leastModel = 16;
const widestSource = 40;

const cheapest = ({whatIf}: Group): Line => {
	if (!whatIf) {
		return [];
	}
	return whatIf.cheapest === undefined ? none : primary(policyNames[whatIf.cheapest]);
};

/** One row per model. */
export const models: MakeListing = ({report}, {columns, order = {column: 'requests', reversed: false}}) => {
	const shared = groupFields(report.summary.basis === 'measured');
	const widestModel = Math.max(leastModel, Math.floor(columns * modelShare));
	const brief = modelNames(report.models.flatMap(({name}) => name ?? []));
	/** On narrow screens, a model's name without its prefix and suffix. */
	const nameOf = (name: string): string =>
		columnsOf(sanitize(name)) <= widestModel ? sanitize(name) : cutMiddle(brief(name), widestModel);
	const measured = report.summary.basis === 'measured';
	const whereMeasured = (line: Line): Line => (measured ? line : []);
	const priceSource = ({price}: Group): Line => muted(cutText(sanitize(price?.from ?? 'n/a'), widestSource));
	return listingOf<Group>({
		sort: {report, name: 'models', order},
		title: 'Models',
		empty: muted('No models.'),
		follows: false,
		items: report.models,
		keyOf: ({name}) => (name === undefined ? 'none' : `model ${name}`),
		opens: () => undefined,
		copies: ({name}) => name,
		detail: group => ({
			title: [group.name === undefined ? 'Requests without a model' : sanitize(group.name)],
			lines: [
				...groupLines(group, knowsBreaks(report)),
				...nameLine('priced as', group.price ? [group.price.from] : []),
			],
		}),
		fields: [
			{
				heading: 'model',
				by: ({name}) => name ?? '',
				cell: ({name}) => strong(name === undefined ? 'n/a' : nameOf(name)),
			},
			{...shared.requests, keep: 8},
			{...shared.hitRate, keep: 10},
			{...shared.tokenHitRate, keep: 5},
			{
				heading: 'read',
				align: 'right',
				by: ({summary}) => summary.tokens.cacheRead,
				keep: 3,
				cell: ({summary}) => whereMeasured(primary(formatTokens(summary.tokens.cacheRead))),
			},
			{
				heading: 'written',
				align: 'right',
				by: ({summary}) => summary.tokens.written,
				keep: 2,
				cell: ({summary}) => whereMeasured(primary(formatTokens(summary.tokens.written))),
			},
			{
				heading: 'without',
				align: 'decimal',
				by: ({summary}) => summary.money.withoutCache,
				keep: 4,
				amount: ({summary}) => summary.money.withoutCache,
				cell: ({summary}, places) => primary(formatMoneyTo(summary.money.withoutCache, places ?? 2)),
			},
			{
				heading: 'with',
				align: 'decimal',
				keep: 6,
				by: ({summary}) => summary.money.withCache,
				amount: ({summary}) => summary.money.withCache,
				cell: ({summary}, places) => primary(formatMoneyTo(summary.money.withCache, places ?? 2)),
			},
			{...shared.netSaved, keep: 9},
			{...shared.lost, keep: 11},
			{heading: 'cheapest', keep: 7, cell: cheapest},
			{heading: 'priced as', keep: 1, cell: priceSource},
		],
	});
};
