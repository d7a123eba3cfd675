import type {Filter} from './filter.js';
import {findMark, type Mark} from './marks.js';
import {resolveWindow, type Span, type Window, type WindowChoice} from './windows/window.js';

/** What a window of requests is to stand beside, as a user says it. */
export type Against =
	/** The stretch of the same length just before. */
	| {readonly kind: 'previous'}
	| {readonly kind: 'window'; readonly choice: WindowChoice}
	/** What came after a mark, as long as the window: a piece of its name. */
	| {readonly kind: 'mark'; readonly name: string}
	/** The same window of another model, project, agent, provider, host or thread, which replaces that part of the filter. */
	| {readonly kind: 'filter'; readonly filter: Filter};

/** Requests that are looked at: when, and which of them. */
type Side = {readonly window: Window; readonly filter: Filter};

/** What the other side can be chosen from. */
type Known = {
	/** Epoch milliseconds. */
	readonly now: number;
	readonly span: Span;
	readonly marks: readonly Mark[];
};

/** The side that a window is compared with; undefined if there is none: no such mark, or nothing before `all`. */
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

/** Why there is no other side, where `otherSide` finds none: a phrase. */
export const whyNoSide = (against: Against): string =>
	against.kind === 'mark' ? `unknown mark "${against.name}"` : '"all" has nothing before it';
