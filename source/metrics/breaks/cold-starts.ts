import {costOfPaid} from '../money/cost.js';
import {type Picodollars, toDollars} from '../money/money.js';
import type {Measures} from '../sums/measure-sums.js';
import type {Part} from '../sums/parts.js';
import {type ColdKind, coldKinds} from './facts.js';
import {addPaid, noTokens, type PaidTokens, sumOfPaid} from './paid-tokens.js';

/** Chain starts: their number, the tokens paid for the first time, and dollars; undefined without a price. */
export type ColdTotal = {readonly total: number; readonly tokens: number; readonly cost: number | undefined};

/** Chain starts of a window, in total and by kind. */
export type ColdStarts = ColdTotal & {
	/** The kinds that occurred, most expensive first. */
	readonly byKind: readonly (ColdTotal & {readonly kind: ColdKind})[];
};

/** What the first requests of chains paid for: everything but their reads. */
const paidAtStart = (measures: Measures, kind: ColdKind): PaidTokens => ({
	oneHour: measures[`${kind}StartOneHour`],
	fiveMinutes: measures[`${kind}StartFiveMinutes`],
	input: measures[`${kind}StartInput`],
});

/** The sum over all kinds. */
export const paidAtStarts = (measures: Measures): PaidTokens =>
	coldKinds.reduce((sum, kind) => addPaid(sum, paidAtStart(measures, kind)), noTokens);

const totalOf = (parts: readonly Part[], kinds: readonly ColdKind[]): ColdTotal => {
	let total = 0;
	let tokens = 0;
	let cost: Picodollars | undefined;
	for (const {lane, measures} of parts) {
		for (const kind of kinds) {
			const paid = paidAtStart(measures, kind);
			total += measures[`${kind}Starts`];
			tokens += sumOfPaid(paid);
			if (lane.price && sumOfPaid(paid) > 0) {
				cost = (cost ?? 0n) + costOfPaid(paid, lane.price);
			}
		}
	}
	return {total, tokens, cost: cost === undefined ? undefined : toDollars(cost)};
};

/** The cold starts of parts with all measures. */
export const coldStartsOf = (parts: readonly Part[]): ColdStarts => ({
	...totalOf(parts, coldKinds),
	byKind: coldKinds
		.map(kind => ({kind, ...totalOf(parts, [kind])}))
		.filter(({total}) => total > 0)
		.sort((one, other) => (other.cost ?? 0) - (one.cost ?? 0) || other.tokens - one.tokens),
});
