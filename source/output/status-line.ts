import {UsageError} from '../errors.js';
import type {Breaks} from '../metrics/breaks/breaks.js';
import type {Warm} from '../metrics/breaks/warm.js';
import type {Summary} from '../metrics/report/summary.js';
import {sanitize} from '../text/sanitize.js';
import {formatCount, formatGap, formatMoney, formatPercent, formatTimeLeft, formatTokens} from './numbers.js';

/** What a status line tells: a day of everything, or one conversation from its beginning. */
export type StatusFigures = {
	readonly summary: Summary;
	readonly breaks: Pick<Breaks, 'count' | 'lostCost' | 'lostTokens'>;
	readonly warm: Warm;
	/** By the clock of the log, epoch milliseconds. */
	readonly now: number;
	/** When the latest request was that is known, epoch milliseconds; undefined without one. */
	readonly latest: number | undefined;
};

/** Figures of plans carry it: what was really read from the cache is not known. */
const basisWord = ({summary: {basis}}: StatusFigures): string => (basis === 'planned' ? ' planned' : '');

const lost = ({summary: {basis, money}, breaks: {count, lostCost}}: StatusFigures): number | undefined =>
	// Without a break nothing is lost, but only where reading the cache was measured and has a price.
	basis !== 'measured' || money.netSavings === undefined ? undefined : count === 0 ? 0 : lostCost;

const nextToExpire = ({warm: {chains}, now}: StatusFigures): string | undefined => {
	const [next] = chains;
	return next && formatTimeLeft(next.expires - now);
};

/** What can stand in braces in a template, and its words. */
const placeholders: Readonly<Record<string, (figures: StatusFigures) => string>> = {
	hit_rate: figures => `${formatPercent(figures.summary.hitRate)}${basisWord(figures)}`,
	token_hit_rate: ({summary}) => formatPercent(summary.tokenHitRate),
	status: figures => (figures.summary.status === undefined ? 'n/a' : `${figures.summary.status}${basisWord(figures)}`),
	requests: ({summary, latest}) => formatCount(latest === undefined ? undefined : summary.requests),
	saved: figures => `${formatMoney(figures.summary.money.netSavings)}${basisWord(figures)}`,
	tokens_saved: figures => `${formatTokens(figures.summary.tokensSaved)}${basisWord(figures)}`,
	cost: ({summary}) => formatMoney(summary.basis === 'measured' ? summary.money.withCache : undefined),
	lost: figures => formatMoney(lost(figures)),
	breaks: ({summary, breaks}) => formatCount(summary.basis === 'measured' ? breaks.count : undefined),
	warm: ({warm, latest}) => formatCount(latest === undefined ? undefined : warm.count),
	warm_tokens: ({warm, latest}) => formatTokens(latest === undefined ? undefined : warm.tokens),
	expires: figures => nextToExpire(figures) ?? 'n/a',
	stake: ({warm}) => formatMoney(warm.atStake),
	age: ({latest, now}) => formatGap(latest === undefined ? undefined : Math.max(0, now - latest)),
};

const inBraces = /\{([^{}]*)\}/g;

/**
 * A line of the user's own: text with figures in braces, as `{hit_rate}`.
 * @throws UsageError for a figure that there is not, with those that there are
 */
export const checkTemplate = (template: string): void => {
	for (const [, name = ''] of template.matchAll(inBraces)) {
		if (!Object.hasOwn(placeholders, name)) {
			const known = Object.keys(placeholders).map(each => `{${each}}`);
			throw new UsageError(`--format: unknown figure "{${name}}". Choose from ${known.join(', ')}.`);
		}
	}
};

/**
 * One line without escape sequences.
 * @param figures undefined if nothing is known @param template checked; the usual line unless given
 */
export const statusLine = (figures: StatusFigures | undefined, template?: string): string =>
	sanitize(
		template === undefined
			? defaultLine(figures)
			: template.replace(inBraces, (_, name: string) => (figures ? (placeholders[name]?.(figures) ?? '') : 'n/a')),
	);

const defaultLine = (figures: StatusFigures | undefined): string => {
	if (!figures || figures.summary.basis === undefined) {
		return 'cache n/a';
	}
	const words = (template: string) => statusLine(figures, template);
	return [
		words('hit rate {hit_rate}'),
		words('saved {saved}'),
		...(figures.summary.basis === 'measured' ? [words('lost {lost}')] : []),
		...(figures.warm.count > 0 ? [words('{warm} warm, next {expires}')] : []),
	].join(' · ');
};
