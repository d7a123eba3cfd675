import type {KeyState} from '../keys/action.js';
import {helpSections} from '../keys/keymap.js';
import type {CoverText} from '../page-parts.js';
import {flow} from '../text/flow.js';
import {type Line, muted, padEnd, primary, space, styledAs} from '../text/line.js';

const indent = 2;
const keyColumns = 15;
/** Minimum columns for listing the keys in two columns. */
const leastForTwo = 100;
const gutter = 3;

const entry = (head: Line, width: number, text: string, columns: number): readonly Line[] =>
	flow(primary(text), Math.max(1, columns - indent - width - 1)).map((row, index) => [
		...space(indent),
		...(index === 0 ? head : space(width)),
		...space(1),
		...row,
	]);

const sectionTitle = (title: string): Line => styledAs('text.title', title);

/** The keys of each section, in the order of the help. */
const sectionsIn = (session: Pick<KeyState, 'hasDemo'>, columns: number): readonly (readonly Line[])[] =>
	helpSections(session).map(({title, actions}) => [
		sectionTitle(title),
		...actions.flatMap(({keyLabel, description}) =>
			entry(styledAs('key', keyLabel.padEnd(keyColumns)), keyColumns, description, columns),
		),
		[],
	]);

/** Two columns of whole sections, as equal in height as possible. */
const sideBySide = (parts: readonly (readonly Line[])[], columns: number): readonly Line[] => {
	const heights = parts.map((_, index) => parts.slice(0, index + 1).flat().length);
	const whole = heights.at(-1) ?? 0;
	const tallest = heights.map(height => Math.max(height, whole - height));
	const split = tallest.indexOf(Math.min(...tallest)) + 1;
	const [left, right] = [parts.slice(0, split).flat(), parts.slice(split).flat()];
	return Array.from({length: Math.max(left.length, right.length)}, (_, row) => [
		...padEnd(left[row] ?? [], columns + gutter),
		...(right[row] ?? []),
	]);
};

const figures: Line = [...muted('What the figures mean: '), ...primary('hitrate help numbers')];

/** All lines of the help and the starts of its sections; the caller shows as many as fit. */
export const helpLines = (session: Pick<KeyState, 'hasDemo'>, columns: number): CoverText => {
	if (columns >= leastForTwo) {
		const half = Math.floor((columns - gutter) / 2);
		return {title: 'Help', lines: [...sideBySide(sectionsIn(session, half), half), figures], sections: [0]};
	}
	const parts = sectionsIn(session, columns);
	return {
		title: 'Help',
		lines: [...parts.flat(), figures],
		sections: parts.map((_, index) => parts.slice(0, index).flat().length),
	};
};
