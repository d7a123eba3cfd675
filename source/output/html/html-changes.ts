import type {Report} from '../../metrics/report.js';
import {formatChange, formatCount, formatMoney, formatPercent, formatPoints} from '../numbers.js';
import {lostMoney} from '../phrases.js';
import {html, type Markup} from './html-markup.js';
import {table} from './html-table.js';

/** A figure now and in the window before. */
type Pair = {
	readonly label: string;
	readonly now: number | undefined;
	readonly before: number | undefined;
	readonly format: (value: number | undefined) => string;
	/** Writes the size of a change; as `format` does unless told otherwise. */
	readonly size?: (value: number) => string;
	/** Whether more is better; undefined where it is neither. */
	readonly better?: 'more' | 'less';
};

const points = (rate: number): string => `${formatPoints(rate)} points`;

/** The figures that a reader compares, the most telling first. */
export const pairsOf = ({summary, breaks, previous}: Report): readonly Pair[] => {
	const before = previous?.summary;
	return [
		{
			label: 'Hit rate',
			now: summary.hitRate,
			before: before?.hitRate,
			format: formatPercent,
			size: points,
			better: 'more',
		},
		{
			label: 'Token hit rate',
			now: summary.tokenHitRate,
			before: before?.tokenHitRate,
			format: formatPercent,
			size: points,
			better: 'more',
		},
		{
			label: 'Net savings',
			now: summary.money.netSavings,
			before: before?.money.netSavings,
			format: formatMoney,
			better: 'more',
		},
		{
			label: 'Lost to breaks',
			now: lostMoney(breaks, summary.basis),
			before: previous && lostMoney(previous.breaks, before?.basis),
			format: formatMoney,
			better: 'less',
		},
		{label: 'Requests', now: summary.requests, before: before?.requests, format: formatCount},
		{label: 'Input cost', now: summary.money.withCache, before: before?.money.withCache, format: formatMoney},
		{
			label: 'Input cost without cache',
			now: summary.money.withoutCache,
			before: before?.money.withoutCache,
			format: formatMoney,
		},
	];
};

/** `▲ 2.1 points`, in the colour of what it means; undefined where nothing changed, or nothing is known. */
export const changeOf = ({now, before, format, size = format, better}: Pair): Markup | undefined => {
	const text = formatChange(now, before, size);
	if (text === '') {
		return undefined;
	}
	const rose = (now ?? 0) > (before ?? 0);
	const kind = better === undefined ? 'quiet' : rose === (better === 'more') ? 'good' : 'bad';
	return html`<span class="${kind}">${text}</span>`;
};

/** What changed against the window before. */
export const changeTable = (pairs: readonly Pair[]): Markup =>
	table(
		['Figure', 'Before', 'Now', 'Change'],
		pairs.map(pair => [pair.label, pair.format(pair.before), pair.format(pair.now), changeOf(pair) ?? 'none']),
		column => column > 0,
	);
