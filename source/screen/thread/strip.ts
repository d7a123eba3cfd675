import {formatTick, ticksFor} from '../charts/y-axis.js';
import {type Line, muted, space, styledAs} from '../text/line.js';
import type {Token} from '../theme.js';

/** The prompt of one request by what happened to its tokens. */
export type Bar = {
	readonly read: number;
	readonly written: number;
	readonly uncached: number;
	/** Tokens were lost: what was written had been in the cache. */
	readonly broken: boolean;
};

export type StripOptions = {
	/** Undefined leaves the place of a request without usage empty. */
	readonly bars: readonly (Bar | undefined)[];
	readonly rows: number;
	/** Tokens at the upper edge, above 0. */
	readonly top: number;
	/** Columns from one bar to the next, of which the first is free. */
	readonly pitch: number;
	readonly barColumns: number;
	readonly unicode: boolean;
};

export const axisColumns = 9;
const labelColumns = axisColumns - 2;

export const stripGlyphs = (unicode: boolean) =>
	unicode ? {read: '█', written: '▒', uncached: '░'} : {read: '#', written: '+', uncached: '.'};

type Part = {readonly glyph: string; readonly token: Token};

/** What each row of a bar is drawn with, from the bottom up. */
const stack = (bar: Bar, {rows, top, unicode}: StripOptions): readonly Part[] => {
	const glyphs = stripGlyphs(unicode);
	const parts: readonly (readonly [tokens: number, part: Part])[] = [
		[bar.read, {glyph: glyphs.read, token: 'chart'}],
		[bar.written, {glyph: glyphs.written, token: bar.broken ? 'status.poor' : 'status.fair'}],
		[bar.uncached, {glyph: glyphs.uncached, token: 'text.muted'}],
	];
	const total = bar.read + bar.written + bar.uncached;
	const height = total > 0 ? Math.max(1, Math.min(rows, Math.round((total / top) * rows))) : 0;
	let below = 0;
	let drawn = 0;
	return parts.flatMap(([tokens, part]) => {
		below += tokens;
		const upTo = total > 0 ? Math.round((below / total) * height) : 0;
		const length = upTo - drawn;
		drawn = upTo;
		return Array.from({length}, () => part);
	});
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
