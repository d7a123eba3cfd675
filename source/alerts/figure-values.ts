import type {Blocks} from '../metrics/blocks.js';
import type {Breaks} from '../metrics/breaks/breaks.js';
import type {Report} from '../metrics/report/report.js';
import {ratio, type Summary} from '../metrics/report/summary.js';
import {breakFigures, figures as summaryFigures} from '../output/json/figures.js';
import {percentage} from '../output/json/values.js';
import {before} from './figures.js';

/** Numbers by the names that they have in the JSON; what is n/a is not among them. */
export type FigureValues = ReadonlyMap<string, number>;

/** Every figure of a report and of the window before it. */
export const valuesOf = ({summary, breaks, blocks, previous}: Report): FigureValues =>
	new Map([
		...numbersIn({...windowData(summary, breaks), blocks: blockData(blocks)}),
		...(previous ? numbersIn(windowData(previous.summary, previous.breaks), before) : []),
	]);

const windowData = (summary: Summary, breaks: Breaks) => {
	const found = breakFigures(settled(breaks), summary);
	return {
		...summaryFigures(summary),
		// The JSON tells no cost without a price; nothing lost costs nothing at any price.
		breaks: {...found, lost_cost: found.lost_tokens === 0 ? 0 : found.lost_cost},
		break_rate: found.total === null ? null : percentage(ratio(found.total, summary.rated)),
	};
};

/** Breaks without those that may still turn out to be none: an alert waits until they are certain. */
const settled = ({provisional, ...breaks}: Breaks): Breaks => ({
	...breaks,
	provisional,
	count: breaks.count - provisional.count,
	lostTokens: breaks.lostTokens - provisional.lostTokens,
	lostCost: breaks.lostCost === undefined ? undefined : breaks.lostCost - (provisional.lostCost ?? 0),
});

const blockData = ({atLimit, belowMinimum, tooSmall, unsupported, reused}: Blocks) => ({
	at_limit: atLimit,
	below_minimum: belowMinimum ?? null,
	too_small: tooSmall,
	unsupported,
	reused,
});

const numbersIn = (data: object, prefix = ''): readonly (readonly [string, number])[] =>
	Object.entries(data).flatMap(([key, value]: [string, unknown]) => {
		if (typeof value === 'number') {
			return [[`${prefix}${key}`, value] as const];
		}
		return typeof value === 'object' && value !== null && !Array.isArray(value)
			? numbersIn(value, `${prefix}${key}.`)
			: [];
	});
