import type {Break} from '../../metrics/breaks/breaks.js';
import {suspectsOf} from '../../metrics/breaks/suspects/suspicious.js';
import type {Report} from '../../metrics/report/report.js';
import {formatMoney, formatTokens} from '../numbers.js';
import {causeNames} from '../phrases.js';

/** Maximum number of breaks explained in full. */
const mostExplained = 10;

/** The breaks of a report, most expensive first; by tokens if they have no price. */
export const mostExpensive = ({breaks}: Report): readonly Break[] =>
	breaks.all
		.toSorted((one, other) => (other.lostCost ?? 0) - (one.lostCost ?? 0) || other.lostTokens - one.lostTokens)
		.slice(0, mostExplained);

/** `$0.34 for 61.2 k tokens`; only the tokens without a price. */
export const lostPhrase = ({lostCost, lostTokens}: Pick<Break, 'lostCost' | 'lostTokens'>): string =>
	lostCost === undefined
		? `${formatTokens(lostTokens)} tokens`
		: `${formatMoney(lostCost)} for ${formatTokens(lostTokens)} tokens`;

/** `Prefix changed (inferred)`: an inferred cause is always marked as such. */
export const causePhrase = ({cause, reported, provisional}: Break): string =>
	`${causeNames[cause]} (${reported ? 'reported' : 'inferred'}${provisional ? '; may be a conversation beside it' : ''})`;

/** Tokens that the request did read from the cache. */
export const readBy = ({request}: Break): number => request.usage?.cacheRead ?? 0;

/** What happened before a break, as reported with its request. */
export const eventsBefore = ({request}: Break) => suspectsOf(request);
