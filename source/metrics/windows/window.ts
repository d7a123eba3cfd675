import {untimed} from '../../request.js';

/** Windows of time: [from, to), epoch milliseconds. */

/** The lengths offered by keys and completions; any other can be typed. */
export const presets = ['15m', '1h', '6h', '24h', '7d', '30d', 'all'] as const;
type Preset = (typeof presets)[number];

/** A period in epoch milliseconds, including `from` and excluding `to`. */
export type Window = {
	readonly from: number;
	/** Excluded from the window. */
	readonly to: number;
	/** The length as given by the user, such as `90m` or `2w`; `all`, `previous`, or `custom`. */
	readonly name: string;
};

/** The times of the first and the last request that has a time, in epoch milliseconds; undefined if there is none. */
export type Span = {readonly first: number; readonly last: number} | undefined;

/** @param requests oldest first */
export const spanOf = (requests: readonly {readonly time: number}[]): Span => {
	const first = requests.find(({time}) => time !== untimed);
	const last = first && requests.findLast(({time}) => time !== untimed);
	return first && last && {first: first.time, last: last.time};
};

/** The user's choice, which is resolved to a window given the current time. */
export type WindowChoice =
	| {readonly kind: 'all'}
	/** The last `length` milliseconds. */
	| {readonly kind: 'last'; readonly length: number; readonly name: string}
	| {readonly kind: 'between'; readonly from: number | undefined; readonly to: number | undefined};

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const lengths: Readonly<Record<Exclude<Preset, 'all'>, number>> = {
	'15m': 15 * minute,
	'1h': hour,
	'6h': 6 * hour,
	'24h': day,
	'7d': 7 * day,
	'30d': 30 * day,
};

/** The choice for one of `presets`. */
export const presetChoice = (preset: Preset): WindowChoice =>
	preset === 'all' ? {kind: 'all'} : {kind: 'last', length: lengths[preset], name: preset};

const units: Readonly<Record<string, number>> = {m: minute, h: hour, d: day, w: 7 * day};

/** Maximum length of a window in milliseconds: a hundred years. */
const longest = 36_500 * day;

/** What `parseWindow` accepts, for messages. */
export const windowForm = 'a length like 15m, 6h, 7d or 2w, or all';

/** Parses a window: any number of minutes, hours, days or weeks, or `all`; undefined for other text. */
export const parseWindow = (text: string): WindowChoice | undefined => {
	const name = text.trim();
	if (name === 'all') {
		return {kind: 'all'};
	}
	const [, count, unit = ''] = /^(\d{1,9}(?:\.\d{1,6})?)\s*([mhdw])$/.exec(name) ?? [];
	const length = Number(count) * (units[unit] ?? 0);
	return length >= 1 && length <= longest ? {kind: 'last', length, name: `${Number(count)}${unit}`} : undefined;
};

/** `--days N` is N × 24 hours back from now. */
export const daysChoice = (days: number): WindowChoice => ({kind: 'last', length: days * day, name: `${days}d`});

/**
 * The window of a choice at an instant. `all` spans from the first to the last request, even if these are in the
 * future.
 */
export const resolveWindow = (choice: WindowChoice, now: number, span: Span): Window => {
	switch (choice.kind) {
		case 'all':
			return {from: span?.first ?? now, to: span ? span.last + 1 : now, name: 'all'};
		case 'last':
			return {from: now - choice.length, to: now, name: choice.name};
		case 'between':
			return {
				from: choice.from ?? Math.min(span?.first ?? now, choice.to ?? now),
				to: choice.to ?? Math.max(now, choice.from ?? now),
				name: 'custom',
			};
	}
};

/** The window of the same length just before; undefined if the log does not reach back that far. */
export const previousWindow = (window: Window, first: number | undefined): Window | undefined => {
	const from = window.from - (window.to - window.from);
	return first !== undefined && window.name !== 'all' && first <= from
		? {from, to: window.from, name: 'previous'}
		: undefined;
};

/** True if a request is in a window; those without a time are only in `all`. */
export const inWindow = (time: number, {name, from, to}: Window): boolean =>
	time === untimed ? name === 'all' : time >= from && time < to;

/** The periods, oldest first, with the requests of a window according to `inWindow`. */
export const stretchesOf = ({name, from, to}: Window): readonly Pick<Window, 'from' | 'to'>[] => {
	const timed = {from: Math.max(from, untimed + 1), to};
	return name === 'all' ? [{from: untimed, to: untimed + 1}, timed] : [timed];
};

/** What the screen shows: a choice, and the end of the window if that is not now. */
export type View = {
	readonly choice: WindowChoice;
	/** Epoch milliseconds; undefined follows the current time. */
	readonly end: number | undefined;
};

/** The window of a view; if the user went back, its end is fixed. `now` is in epoch milliseconds. */
export const resolveView = (view: View, now: number, span: Span): Window => {
	const window = resolveWindow(view.choice, now, span);
	return view.end === undefined ? window : {...window, from: view.end - (window.to - window.from), to: view.end};
};

/** Moves a view back (-1) or forward (1) by its length; beyond the current time, it follows that. */
export const stepView = (view: View, direction: -1 | 1, now: number, span: Span): View => {
	if (view.choice.kind === 'all') {
		return view;
	}
	const {from, to} = resolveView(view, now, span);
	const end = to + direction * (to - from);
	if (direction > 0 && end >= now) {
		return to >= now ? view : reachingNow(view, to - from);
	}
	// There is nothing before the first request.
	return direction < 0 && span !== undefined && end <= span.first ? view : {...view, end};
};

/** A choice that ends now: the view's own, or one of the same length if its end is fixed. */
const reachingNow = ({choice}: View, length: number): View => ({
	choice: choice.kind === 'between' && choice.to !== undefined ? {kind: 'last', length, name: 'custom'} : choice,
	end: undefined,
});

/** The next wider (1) or narrower (-1) preset. */
export const widenView = (view: View, direction: -1 | 1, now: number, span: Span): View => {
	const {from, to} = resolveView(view, now, span);
	const length = view.choice.kind === 'all' ? Number.POSITIVE_INFINITY : to - from;
	const sizes = presets.map(preset => (preset === 'all' ? Number.POSITIVE_INFINITY : lengths[preset]));
	const index = direction > 0 ? sizes.findIndex(size => size > length) : sizes.findLastIndex(size => size < length);
	const preset = presets[index];
	return preset === undefined ? view : {choice: presetChoice(preset), end: preset === 'all' ? undefined : view.end};
};
