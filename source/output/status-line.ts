import {UsageError} from '../errors.js';
import type {Breaks} from '../metrics/breaks/breaks.js';
import type {Warm} from '../metrics/breaks/warm.js';
import type {Summary} from '../metrics/report/summary.js';
import {sanitize} from '../text/sanitize.js';
import {formatCount, formatGap, formatMoney, formatPercent, formatTimeLeft, formatTokens} from './numbers.js';

/** The figures of a status line: of all requests of a day, or of a whole thread. */
export type StatusFigures = {
	readonly summary: Summary;
	readonly breaks: Pick<Breaks, 'count' | 'lostCost' | 'lostTokens'>;
	readonly warm: Warm;
	/** The present by the log's clock, in epoch milliseconds. */
	readonly now: number;
	/** Time of the latest request, in epoch milliseconds; undefined without one. */
	readonly latest: number | undefined;
	/** False if no request names its conversation: then nothing is known of breaks. */
	readonly knowsBreaks: boolean;
};

/** Why there are no figures: nothing of the sources was ever read, what was read cannot be looked at, or it is a fleet. */
export type NoFigures = 'nothing-read' | 'unknown' | 'fleet';

/** Marks figures of plans, since what was read from the cache is unknown. */
const basisWord = ({summary: {basis}}: StatusFigures): string => (basis === 'planned' ? ' planned' : '');

/** True if the number of breaks is known: reads were measured, and conversations are named. */
const countsBreaks = ({summary: {basis}, knowsBreaks}: StatusFigures): boolean => basis === 'measured' && knowsBreaks;

const lost = (figures: StatusFigures): number | undefined => {
	const {summary, breaks} = figures;
	// No break means that nothing was lost, but only if breaks are counted and reads have a price.
	if (!countsBreaks(figures) || summary.money.netSavings === undefined) {
		return undefined;
	}
	return breaks.count === 0 ? 0 : breaks.lostCost;
};

const nextToExpire = ({warm: {chains}, now}: StatusFigures): string | undefined => {
	const [next] = chains;
	return next && formatTimeLeft(next.expires - now);
};

/** The placeholders of a template, and what replaces them. */
const placeholders: Readonly<Record<string, (figures: StatusFigures) => string>> = {
	hit_rate: figures => `${formatPercent(figures.summary.hitRate)}${basisWord(figures)}`,
	token_hit_rate: ({summary}) => formatPercent(summary.tokenHitRate),
	status: figures => (figures.summary.status === undefined ? 'n/a' : `${figures.summary.status}${basisWord(figures)}`),
	requests: ({summary, latest}) => formatCount(latest === undefined ? undefined : summary.requests),
	saved: figures => `${formatMoney(figures.summary.money.netSavings)}${basisWord(figures)}`,
	tokens_saved: figures => `${formatTokens(figures.summary.tokensSaved)}${basisWord(figures)}`,
	cost: ({summary}) => formatMoney(summary.basis === 'measured' ? summary.money.withCache : undefined),
	lost: figures => formatMoney(lost(figures)),
	breaks: figures => formatCount(countsBreaks(figures) ? figures.breaks.count : undefined),
	warm: ({warm, latest}) => formatCount(latest === undefined ? undefined : warm.count),
	warm_tokens: ({warm, latest}) => formatTokens(latest === undefined ? undefined : warm.tokens),
	expires: figures => nextToExpire(figures) ?? 'n/a',
	stake: ({warm}) => formatMoney(warm.atStake),
	age: ({latest, now}) => formatGap(latest === undefined ? undefined : Math.max(0, now - latest)),
};

/** The figures of a template, in braces, in the order of the help. */
export const figureNames: readonly string[] = Object.keys(placeholders).map(name => `{${name}}`);

const inBraces = /\{([^{}]*)\}/g;

/**
 * Checks a template: text with figures in braces, such as `{hit_rate}`.
 * @throws UsageError for an unknown figure, with the list of known ones
 */
export const checkTemplate = (template: string): void => {
	for (const [, name = ''] of template.matchAll(inBraces)) {
		if (!Object.hasOwn(placeholders, name)) {
			throw new UsageError(`--format: unknown figure "{${name}}". Choose from ${figureNames.join(', ')}.`);
		}
	}
};

/**
 * One line without escape sequences.
 * @param figures what is known, or why nothing is
 * @param template checked by `checkTemplate`; undefined for the default
 */
export const statusLine = (figures: StatusFigures | NoFigures, template?: string): string =>
	sanitize(
		template === undefined
			? defaultLine(figures)
			: template.replace(inBraces, (_, name: string) =>
					typeof figures === 'string' ? 'n/a' : (placeholders[name]?.(figures) ?? ''),
				),
	);

const noFigures: Readonly<Record<NoFigures, string>> = {
	'nothing-read': 'cache n/a · nothing read yet',
	unknown: 'cache n/a',
	fleet: 'cache n/a · a fleet has no status line',
};

const defaultLine = (figures: StatusFigures | NoFigures): string => {
	if (typeof figures === 'string') {
		return noFigures[figures];
	}
	const words = (template: string) => statusLine(figures, template);
	if (figures.summary.basis === undefined) {
		return figures.latest === undefined ? 'cache n/a · no requests yet' : words('cache n/a · last request {age} ago');
	}
	return [
		words('hit rate {hit_rate}'),
		words('saved {saved}'),
		...(figures.summary.basis === 'measured' ? [words('lost {lost}')] : []),
		...(figures.warm.count > 0 ? [words('{warm} warm, next {expires}')] : []),
	].join(' · ');
};
