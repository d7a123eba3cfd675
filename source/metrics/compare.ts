import type {Filter} from './filter.js';
import {findMark, type Mark} from './marks.js';
import {resolveWindow, type Span, type Window, type WindowChoice} from './windows/window.js';

/** What the user compares a window with. */
export type Against =
	/** The period of the same length just before. */
	| {readonly kind: 'previous'}
	| {readonly kind: 'window'; readonly choice: WindowChoice}
	/** The period after a mark, as long as the window; `name` is part of the mark's name. */
	| {readonly kind: 'mark'; readonly name: string}
	/**
	 * The same window with another model, project, agent, provider, host or thread, which replaces that part of the
	 * filter.
	 */
	| {readonly kind: 'filter'; readonly filter: Filter};

/** A window and a filter. */
type Side = {readonly window: Window; readonly filter: Filter};

/** What the other side is chosen from. */
type Known = {
	/** Epoch milliseconds. */
	readonly now: number;
	readonly span: Span;
	readonly marks: readonly Mark[];
};

/** The other side of a comparison; undefined if there is none: no such mark, or nothing before `all`. */
export const otherSide = (against: Against, {window, filter}: Side, {now, span, marks}: Known): Side | undefined => {
	const length = window.to - window.from;
	switch (against.kind) {
		case 'previous':
			return window.name === 'all'
				? undefined
				: {window: {from: window.from - length, to: window.from, name: 'previous'}, filter};
		case 'window':
			return {window: resolveWindow(against.choice, now, span), filter};
		case 'mark': {
			const mark = findMark(marks, against.name);
			return mark && {window: {from: mark.time, to: mark.time + length, name: `after ${mark.name}`}, filter};
		}
		case 'filter':
			return {window, filter: {...filter, ...against.filter}};
	}
};

/** Why the window "all" cannot be compared with the time before it. */
export const nothingBefore = '"all" has nothing before it';

/** Why `otherSide` found none, as a phrase. */
export const whyNoSide = (against: Against): string =>
	against.kind === 'mark' ? `unknown mark "${against.name}"` : nothingBefore;
