import {type Line, muted, space, styledAs} from '../text/line.js';
import type {Token} from '../theme.js';
import {formatTick, ticksFor} from './y-axis.js';

/** Input tokens by outcome, of one request or of several. */
export type Bar = {
	readonly read: number;
	readonly written: number;
	readonly uncached: number;
	/** The part of the written or uncached tokens that had been in the cache. */
	readonly lost: number;
};

/** Stacked bars, one next to the other. */
export type StripOptions = {
	/** Undefined leaves a bar's place empty, for a request without usage. */
	readonly bars: readonly (Bar | undefined)[];
	readonly rows: number;
	/** Tokens at the upper edge, above 0. */
	readonly top: number;
	/** Columns per bar, the first of which is free. */
	readonly pitch: number;
	readonly barColumns: number;
	readonly unicode: boolean;
};

/** Columns of the labels to the left of the plot. */
export const axisColumns = 9;
const labelColumns = axisColumns - 2;

type Part = {readonly glyph: string; readonly token: Token};

/** One shade for each outcome, so that bars can be read without colours. */
const partsFor = (unicode: boolean): Readonly<Record<keyof Bar, Part>> => ({
	read: {glyph: unicode ? '█' : '#', token: 'chart'},
	lost: {glyph: unicode ? '▓' : 'x', token: 'status.poor'},
	written: {glyph: unicode ? '▒' : '+', token: 'status.fair'},
	uncached: {glyph: unicode ? '░' : '.', token: 'text.muted'},
});

/** What the shades mean, each in the colour of its bars. */
export const legend = (unicode: boolean): Line => {
	const parts = partsFor(unicode);
	const names = ['read', 'written', 'lost', 'uncached'] as const;
	return names.flatMap((name, index) => [
		...(index === 0 ? [] : space(2)),
		...styledAs(parts[name].token, parts[name].glyph),
		...muted(` ${name}`),
	]);
};

/** The shade of each row of a bar, from the bottom up. */
const stack = ({read, written, uncached, lost}: Bar, {rows, top, unicode}: StripOptions): readonly Part[] => {
	const parts = partsFor(unicode);
	const lostUncached = Math.max(0, lost - written);
	const stacked: readonly (readonly [tokens: number, part: Part])[] = [
		[read, parts.read],
		[lost, parts.lost],
		[Math.max(0, written - lost), parts.written],
		[uncached - lostUncached, parts.uncached],
	];
	const total = read + written + uncached;
	const height = Math.min(rows, Math.round((total / top) * rows));
	if (total > 0 && height === 0) {
		const [, largest] = stacked.reduce((most, part) => (part[0] > most[0] ? part : most));
		return [{...largest, glyph: unicode ? '▁' : '_'}];
	}
	// A cell shows the outcome that fills most of it, so that in a low chart a small part is not exaggerated.
	return Array.from({length: height}, (_, row) => {
		const [from, to] = [(row / height) * total, ((row + 1) / height) * total];
		let below = 0;
		let [shown, most] = [parts.read, 0];
		for (const [tokens, part] of stacked) {
			const share = Math.min(to, below + tokens) - Math.max(from, below);
			below += tokens;
			if (share > most) {
				[shown, most] = [part, share];
			}
		}
		return shown;
	});
};

/** The tokens at the upper edge: the largest bar, rounded up only slightly so that the bars use the height. */
export const topOf = (bars: readonly (Bar | undefined)[]): number => {
	const largest = bars.reduce((most, bar) => (bar ? Math.max(most, bar.read + bar.written + bar.uncached) : most), 0);
	const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, largest))) - 1);
	return Math.max(1, Math.ceil(largest / step) * step);
};

/** Stacked bars with a y axis: exactly `rows` lines. */
export const strip = (options: StripOptions): readonly Line[] => {
	const {bars, rows, top, pitch, barColumns, unicode} = options;
	const labels = new Map(ticksFor(top, rows).map(({row, value}) => [row, formatTick(value)]));
	const stacks = bars.map(bar => (bar ? stack(bar, options) : []));
	const [tick, plain] = unicode ? ['┤', '│'] : ['+', '|'];
	return Array.from({length: rows}, (_, row) => {
		const label = labels.get(row);
		return [
			...muted(`${(label ?? '').padStart(labelColumns)} ${label === undefined ? plain : tick}`),
			...stacks.flatMap(parts => {
				const part = parts[rows - 1 - row];
				return part
					? [...space(1), ...styledAs(part.token, part.glyph.repeat(barColumns)), ...space(pitch - barColumns - 1)]
					: space(pitch);
			}),
		];
	});
};
