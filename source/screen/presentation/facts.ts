import type {Room} from '../dashboard/layout.js';
import {atEdges, keepWhatFits, type Part} from '../text/arrange.js';
import {cut} from '../text/cut.js';
import {joined, type Line, muted, padEnd, padStart, space, widthOf} from '../text/line.js';

/** What stands beside a number. */
export type Note = Part & {
	/** The same in fewer words, for where there is no room. */
	readonly shorter?: readonly Line[];
};

/** One number and what belongs to it: `Hit rate   84.0 %  Excellent        ▲ 2.1`. */
export type Fact = {
	readonly label: string;
	readonly value: Line;
	readonly notes: readonly Note[];
	/** Against the window before; stands at the right edge. */
	readonly change?: Line;
	/** Draws into what is left between notes and change, if that is not too little. */
	readonly fill?: (columns: number) => Line;
};

/** What a change is worth against the notes, which are left out before or after it. */
const changeKeep = 5;
const gap = 2;
const leastFill = 10;

export type FactColumns = {
	readonly label: number;
	readonly value: number;
};

/** Widths that let the values of several facts end in the same column. */
export const factColumns = (facts: readonly Fact[]): FactColumns => ({
	label: Math.max(0, ...facts.map(({label}) => label.length)),
	value: Math.max(0, ...facts.map(({value}) => widthOf(value))),
});

/** In as many words as there is room for; notes are left out where the fewest are too many. */
const inWords = (notes: readonly Note[], change: Part, columns: number): readonly Part[] => {
	const levels = Math.max(0, ...notes.map(({shorter = []}) => shorter.length));
	const attempts = Array.from({length: levels + 1}, (_, level) => [
		...notes.map(({line, keep, shorter = []}) => ({line: shorter[Math.min(level, shorter.length) - 1] ?? line, keep})),
		change,
	]).map(parts => keepWhatFits(parts, columns, gap));
	const most = Math.max(...attempts.map(({length}) => length));
	return attempts.find(({length}) => length === most) ?? [];
};

/** The fact in exactly `columns`. */
export const factLine = (fact: Fact, columns: number, widths: FactColumns): Line => {
	const head: Line =
		fact.value.length === 0
			? padEnd(muted(fact.label), widths.label)
			: [...padEnd(muted(fact.label), widths.label), ...space(gap), ...padStart(fact.value, widths.value)];
	const change: Part = {line: fact.change ?? [], keep: changeKeep};
	const kept = inWords(fact.notes, change, columns - widthOf(head) - gap);
	const notes = kept.filter(part => part !== change).map(({line}) => line);
	const left = cut(joined([head, ...notes], gap), columns);
	const right = kept.includes(change) ? change.line : [];
	const blank = columns - widthOf(left) - widthOf(right) - gap - (right.length > 0 ? gap : 0);
	const filled = fact.fill && blank >= leastFill ? [...left, ...space(gap), ...fact.fill(blank)] : left;
	return atEdges(filled, right, columns);
};

const gutter = 3;

/** Two facts share a row from here on, where rows are dear. */
const leastForTwo = 68;

export const factsAcross = ({columns, dense}: Room): 1 | 2 => (dense && columns >= leastForTwo ? 2 : 1);

/**
 * Facts in rows of one or two, read from left to right; those without room are left out, the last first.
 * @param widths of the left column, to line up with what stands above
 */
export const factGrid = (
	facts: readonly Fact[],
	columns: number,
	rows: number,
	across: 1 | 2,
	widths?: FactColumns,
): readonly Line[] => {
	const shown = facts.slice(0, Math.max(0, rows * across));
	const leftFacts = shown.filter((_, index) => index % across === 0);
	const leftWidths = widths ?? factColumns(leftFacts);
	if (across === 1) {
		return leftFacts.map(fact => factLine(fact, columns, leftWidths));
	}
	const left = Math.ceil((columns - gutter) / 2);
	const right = columns - gutter - left;
	const rightFacts = shown.filter((_, index) => index % across === 1);
	const rightWidths = factColumns(rightFacts);
	return leftFacts.map((fact, row) => {
		const other = rightFacts[row];
		return joined([factLine(fact, left, leftWidths), other ? factLine(other, right, rightWidths) : []], gutter);
	});
};
