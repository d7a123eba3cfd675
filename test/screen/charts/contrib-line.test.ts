import stringWidth from 'string-width';
import {expect, test, vi} from 'vitest';
import {createContribLine, loadContrib} from '../../../source/screen/charts/contrib-line.js';

const plot = createContribLine();
const draw = (values: readonly (number | undefined)[], columns: number, rows: number): readonly string[] =>
	plot({columns, rows, values, top: 100, unicode: true}) ?? [];

const sizes = [8, 9, 57, 300].flatMap(columns => [2, 3, 7, 40].map(rows => [columns, rows] as const));

test.each(sizes)('0 is on the lowest dots and the top on the highest, over all of %s x %s', (columns, rows) => {
	const blank = ' '.repeat(columns);
	for (const count of [1, 2, 3, 7, 100, 1000]) {
		const level = (value: number) =>
			draw(
				Array.from({length: count}, () => value),
				columns,
				rows,
			);
		expect(level(0)).toEqual([...Array(rows - 1).fill(blank), '⣀'.repeat(columns)]);
		expect(level(100)).toEqual(['⠉'.repeat(columns), ...Array(rows - 1).fill(blank)]);
	}
});

test('connects the points', () => {
	expect(draw([0, 100, 50], 12, 4)).toMatchInlineSnapshot(`
		[
		  "    ⢀⠎⠒⠤⡀   ",
		  "   ⡰⠁   ⠈⠑⠢⢄",
		  " ⢀⠎         ",
		  "⡰⠁          ",
		]
	`);
});

test('a gap stays blank', () => {
	const rows = draw([100, 100, 100, undefined, undefined, Number.NaN, 100, 100, 100], 17, 3);
	expect(rows).toEqual(['⠉⠉⠉⠉⠁       ⠉⠉⠉⠉⠉', ' '.repeat(17), ' '.repeat(17)]);
});

test('a point between gaps is as wide as the time that it covers', () => {
	const gaps = [undefined, undefined];
	const width = (values: readonly (number | undefined)[], columns: number) =>
		draw(values, columns, 3).join('').replaceAll(' ', '').length;
	expect(width([...gaps, 50, ...gaps], 40)).toBe(7);
	expect(width([...gaps, 50, ...gaps], 9)).toBe(2);
	expect(width([...Array(300), 50, ...Array(300)], 9)).toBe(1);
});

test('apart from points between gaps, the others are connected as usual', () => {
	expect(draw([80, undefined, undefined, 0, 50, 100], 24, 4)).toMatchInlineSnapshot(`
		[
		  "⣀⣀⣀                 ⡠⠒⠁ ",
		  "                 ⢀⠤⠊    ",
		  "               ⢀⡠⠃      ",
		  "             ⢀⠔⠁        ",
		]
	`);
});

test('no values draw nothing', () => {
	expect(draw([], 8, 2)).toEqual(['        ', '        ']);
	expect(draw([undefined, Number.POSITIVE_INFINITY], 8, 2)).toEqual(['        ', '        ']);
});

test('values outside are drawn at the edge', () => {
	expect(draw([-40, -40], 8, 2)).toEqual(draw([0, 0], 8, 2));
	expect(draw([900, 900], 8, 2)).toEqual(draw([100, 100], 8, 2));
});

test('has no colour and the exact size', () => {
	for (const row of draw([3, 70, 10], 40, 5)) {
		expect(row).not.toContain('\u001B');
		expect(stringWidth(row)).toBe(40);
	}
});

test('loads once, at the first call', () => {
	const load = vi.fn(loadContrib);
	const lazy = createContribLine(load);
	expect(load).not.toHaveBeenCalled();
	lazy({columns: 8, rows: 2, values: [1], top: 1, unicode: true});
	lazy({columns: 8, rows: 2, values: [1], top: 1, unicode: true});
	expect(load).toHaveBeenCalledOnce();
});

test('does not try again after it could not load', () => {
	const load = vi.fn((): never => {
		throw new Error("Cannot find module 'blessed-contrib'");
	});
	const broken = createContribLine(load);
	expect(broken({columns: 8, rows: 2, values: [1], top: 1, unicode: true})).toBeUndefined();
	expect(broken({columns: 8, rows: 2, values: [1], top: 1, unicode: true})).toBeUndefined();
	expect(load).toHaveBeenCalledOnce();
});
