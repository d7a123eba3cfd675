import fc from 'fast-check';
import stringWidth from 'string-width';
import {expect, test, vi} from 'vitest';
import {loadContrib} from '../../../source/screen/charts/contrib-line.js';
import {createLineChart, type LineChartOptions, lineChart} from '../../../source/screen/charts/line-chart.js';

const labels = {start: '09:12', middle: ['15:00', '21:00', '03:00'], end: 'now'};
const wave = Array.from({length: 60}, (_, index) =>
	index > 20 && index < 28 ? undefined : 60 + 38 * Math.sin(index / 6),
);
const picture = (options: Partial<LineChartOptions>, draw = lineChart): string =>
	`\n${draw({columns: 40, rows: 6, values: wave, top: 100, labels, unicode: true, ...options})
		.map(row => `${row}<`)
		.join('\n')}\n`;

const cannotLoad = (): never => {
	throw new Error("Cannot find module 'blessed-contrib'");
};

test('a line, its axis and its labels', () => {
	expect(picture({})).toMatchInlineSnapshot(`
		"
		100 ┤  ⡠⠒⠉⠉⠑⠒⢄              ⢀⠤⠔⠉⠉⠉⠒⢄    <
		    │⡠⠊       ⠑⠤⡀          ⡠⠃       ⠉⠢⡀ <
		 50 ┤           ⠈       ⢀⠔⠊           ⠑⠤<
		    │                ⠤⠤⠔⠁               <
		  0 ┤                                   <
		     09:12          21:00            now<
		"
	`);
});

test('the same in ASCII', () => {
	expect(picture({unicode: false})).toMatchInlineSnapshot(`
		"
		100 +   **##*.                **##*.    <
		    | *########.            *########.  <
		 50 +############*        *############.<
		    |#############     .*###############<
		  0 +#############   ###################<
		     09:12          21:00            now<
		"
	`);
});

test('blocks where the line cannot be loaded', () => {
	expect(picture({}, createLineChart(cannotLoad))).toMatchInlineSnapshot(`
		"
		100 ┤  ▁▄▆▇▇▅▃               ▁▄▆▇▇▅▃    <
		    │▁▅███████▇▃           ▁▅███████▇▃  <
		 50 ┤███████████▇▅        ▅███████████▇▃<
		    │█████████████   ▁▁▃▅███████████████<
		  0 ┤█████████████   ███████████████████<
		     09:12          21:00            now<
		"
	`);
});

test('without labels the plot takes their row, and the top is found', () => {
	expect(picture({labels: {}, top: undefined, rows: 5, format: value => `$${value}`})).toMatchInlineSnapshot(`
		"
		$100 ┤  ⡠⠊⠉⠉⠑⠢⣀              ⡠⠔⠉⠉⠉⠒⠤⡀   <
		     │⡠⠊       ⠑⢄          ⢀⠜       ⠈⠢⡀ <
		 $50 ┤           ⠁       ⡠⠊⠁          ⠑⠤<
		     │               ⠠⠤⠤⠊               <
		  $0 ┤                                  <
		"
	`);
});

test('the axis can be aligned with what is below', () => {
	const [first] = lineChart({columns: 40, rows: 6, values: wave, top: 100, labelColumns: 5, unicode: true});
	expect(first).toMatch(/^ {2}100 ┤/);
});

test('little room: no axis below 16 columns, no labels below 3 rows, a sparkline on one', () => {
	expect(picture({columns: 16, rows: 3})).toMatchInlineSnapshot(`
		"
		100 ┤⠔⠉⠑⢄  ⢀⠔⠉⠑⢄<
		  0 ┤     ⠒⠁    <
		     09:12   now<
		"
	`);
	expect(picture({columns: 15, rows: 2})).toMatchInlineSnapshot(`
		"
		⠔⠉⠉⠑⠢⡀   ⡠⠊⠉⠉⠒⢄<
		       ⠒⠉      <
		"
	`);
	expect(picture({columns: 7, rows: 2})).toMatchInlineSnapshot(`
		"
		▅▇▂ ▂▇▃<
		███▄███<
		"
	`);
	expect(picture({columns: 15, rows: 1})).toMatchInlineSnapshot(`
		"
		▆▇█▇▆▅ ▃▄▅▇██▆▅<
		"
	`);
	expect(lineChart({columns: 0, rows: 2, values: wave, unicode: true})).toEqual(['', '']);
	expect(lineChart({columns: 20, rows: 0, values: wave, unicode: true})).toEqual([]);
});

test.each([true, false])('a gap is not drawn as zero (unicode: %s)', unicode => {
	const values = [80, 80, 80, undefined, undefined, undefined, undefined, 80, 80, 80];
	const plot = lineChart({columns: 45, rows: 5, values, top: 100, unicode}).map(row => row.slice(5));
	for (const row of plot) {
		expect(row.slice(14, 26).trim()).toBe('');
	}

	expect(plot.join('').trim()).not.toBe('');
});

test('ASCII mode and small plots never load blessed-contrib', () => {
	const load = vi.fn(loadContrib);
	const draw = createLineChart(load);
	draw({columns: 80, rows: 10, values: wave, top: 100, labels, unicode: false});
	draw({columns: 80, rows: 1, values: wave, top: 100, unicode: true});
	expect(load).not.toHaveBeenCalled();
	draw({columns: 80, rows: 10, values: wave, top: 100, labels, unicode: true});
	expect(load).toHaveBeenCalledOnce();
});

const someLabels = fc.option(fc.constantFrom('', '09:12', 'now', '22 Nov 09:12', '昨日'), {nil: undefined});
const someOptions = fc.record({
	columns: fc.integer({min: 1, max: 300}),
	rows: fc.integer({min: 1, max: 40}),
	values: fc.oneof(
		fc.array(fc.option(fc.double(), {nil: undefined}), {maxLength: 700}),
		fc.array(fc.option(fc.double({min: 0, max: 100, noNaN: true}), {nil: undefined}), {maxLength: 700}),
		fc.array(fc.constant(undefined), {maxLength: 5}),
	),
	top: fc.option(fc.oneof(fc.constant(100), fc.double()), {nil: undefined}),
	labels: fc.record({
		start: someLabels,
		middle: fc.array(fc.constantFrom('', '15:00', '22 Nov'), {maxLength: 4}),
		end: someLabels,
	}),
	unicode: fc.boolean(),
});

test.each([
	['with the line', lineChart],
	['with blocks', createLineChart(cannotLoad)],
])('exactly the size asked for, whatever the values, %s', (_, draw) => {
	fc.assert(
		fc.property(someOptions, options => {
			const drawn = draw(options);
			expect(drawn).toHaveLength(options.rows);
			for (const row of drawn) {
				expect(stringWidth(row)).toBe(options.columns);
			}

			expect(drawn.join('')).not.toMatch(/undefined|NaN|Infinity|\p{Cc}/u);
		}),
		{numRuns: 150},
	);
});

test('ASCII mode is 7-bit', () => {
	fc.assert(
		fc.property(someOptions, options => {
			const drawn = lineChart({...options, labels: {start: '09:12', end: 'now'}, unicode: false});
			expect(drawn.join('')).toMatch(/^[ -~]*$/);
		}),
		{numRuns: 50},
	);
});
