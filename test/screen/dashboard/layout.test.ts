import {expect, test} from 'vitest';
import {type Needs, type PaneName, type Place, planPage} from '../../../source/screen/dashboard/layout.js';

const needs = (parts: Partial<Record<PaneName, readonly [number, number]>> = {}): Needs => {
	const need = (pane: PaneName, usual: readonly [number, number]) => () => {
		const [least, most] = parts[pane] ?? usual;
		return {least, most};
	};
	return {
		answer: need('answer', [3, 5]),
		trend: need('trend', [2, Number.POSITIVE_INFINITY]),
		warm: need('warm', [0, 0]),
		blocks: need('blocks', [3, 4]),
		causes: need('causes', [1, 4]),
		recommendations: need('recommendations', [1, 5]),
	};
};

const sizes = [
	[200, 60],
	[120, 40],
	[100, 30],
	[80, 24],
	[60, 20],
	[40, 10],
] as const;

const placesAt = (columns: number, rows: number, given = needs()): readonly Place[] => {
	const plan = planPage({columns, rows, needs: given});
	return plan.kind === 'page' ? plan.places : [];
};

const names = (places: readonly Place[]) => places.map(({pane}) => pane);

test.each(sizes)('%ix%i: panes stay between header and footer and never overlap', (columns, rows) => {
	const taken = new Set<string>();
	for (const place of placesAt(columns, rows)) {
		expect(place.row).toBeGreaterThanOrEqual(1);
		expect(place.row + place.rows).toBeLessThanOrEqual(rows - 1);
		expect(place.column).toBeGreaterThanOrEqual(0);
		expect(place.column + place.columns).toBeLessThanOrEqual(columns);
		for (let row = place.row; row < place.row + place.rows; row++) {
			for (let column = place.column; column < place.column + place.columns; column++) {
				expect(taken.has(`${row},${column}`)).toBe(false);
				taken.add(`${row},${column}`);
			}
		}
	}
});

const agents = needs({blocks: [0, 0], warm: [2, 12]});

test.each([
	[200, 60, 'box', ['answer', 'trend', 'blocks', 'causes', 'recommendations']],
	[120, 40, 'box', ['answer', 'trend', 'blocks', 'causes', 'recommendations']],
	[100, 30, 'box', ['answer', 'trend', 'blocks', 'causes', 'recommendations']],
	[100, 18, 'box', ['answer', 'trend', 'blocks', 'causes', 'recommendations']],
	[100, 16, 'rule', ['answer', 'trend', 'blocks', 'causes', 'recommendations']],
	[80, 24, 'rule', ['answer', 'trend', 'blocks', 'causes', 'recommendations']],
	[80, 16, 'rule', ['answer', 'trend', 'blocks', 'causes', 'recommendations']],
	[60, 20, 'rule', ['answer', 'trend', 'blocks', 'causes', 'recommendations']],
	[60, 15, 'rule', ['answer', 'blocks', 'causes', 'recommendations']],
	[60, 12, 'rule', ['answer', 'blocks', 'recommendations']],
	[40, 10, 'rule', ['answer', 'blocks']],
] as const)('an application at %ix%i, in a %s: %s', (columns, rows, frame, panes) => {
	const places = placesAt(columns, rows);
	expect(names(places)).toEqual(panes);
	expect(new Set(places.map(place => place.frame))).toEqual(new Set(['none', frame]));
});

test.each([
	[200, 60, 'box', ['answer', 'trend', 'warm', 'causes', 'recommendations']],
	[120, 40, 'box', ['answer', 'trend', 'warm', 'causes', 'recommendations']],
	[100, 30, 'box', ['answer', 'trend', 'warm', 'causes', 'recommendations']],
	[80, 24, 'rule', ['answer', 'trend', 'causes', 'recommendations']],
	[60, 20, 'rule', ['answer', 'trend', 'causes', 'recommendations']],
	[40, 10, 'rule', ['answer', 'causes', 'recommendations']],
] as const)('coding agents at %ix%i, in a %s: %s', (columns, rows, frame, panes) => {
	const places = placesAt(columns, rows, agents);
	expect(names(places)).toEqual(panes);
	expect(new Set(places.map(place => place.frame))).toEqual(new Set(['none', frame]));
});

test.each([
	[39, 10],
	[40, 9],
	[39, 9],
	[1, 1],
])('%ix%i is too small', (columns, rows) => {
	expect(planPage({columns, rows, needs: needs()})).toEqual({kind: 'too-small'});
});

test('two columns begin at 100, the causes wider than the blocks, and fill the width', () => {
	expect(new Set(placesAt(99, 40).map(({columns}) => columns))).toEqual(new Set([99]));
	const [left, right] = placesAt(101, 40).filter(({pane}) => pane === 'blocks' || pane === 'causes');
	expect([left?.column, left?.columns, right?.column, right?.columns]).toEqual([0, 44, 44, 57]);
});

test('the page is filled as long as there is a trend', () => {
	for (const [columns, rows] of [
		[200, 60],
		[120, 40],
		[100, 30],
		[80, 24],
	] as const) {
		const bottom = Math.max(...placesAt(columns, rows).map(place => place.row + place.rows));
		expect(bottom).toBe(rows - 1);
	}
});

test('more rows go to the recommendations, then to what is nice to have, then to the trend', () => {
	const usual = needs();
	const given = {...usual, answer: () => ({least: 3, most: 5, extra: 1})};
	const rowsOf = (rows: number, pane: PaneName) =>
		placesAt(120, rows, given).find(place => place.pane === pane)?.rows ?? 0;
	expect(rowsOf(31, 'recommendations')).toBeGreaterThan(rowsOf(28, 'recommendations'));
	expect([rowsOf(28, 'answer'), rowsOf(50, 'answer')]).toEqual([5, 6]);
	expect([rowsOf(40, 'recommendations'), rowsOf(50, 'recommendations')]).toEqual([7, 7]);
	expect(rowsOf(50, 'trend')).toBe(rowsOf(40, 'trend') + 10);
});

test('a pane without content leaves its place to its neighbour', () => {
	const places = placesAt(120, 40, needs({blocks: [0, 0]}));
	expect(places.find(({pane}) => pane === 'causes')?.columns).toBe(120);
	expect(names(places)).not.toContain('blocks');
	expect(names(placesAt(120, 40, needs({blocks: [0, 0], causes: [0, 0]})))).toEqual([
		'answer',
		'trend',
		'recommendations',
	]);
});
