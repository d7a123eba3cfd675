import {expect, test} from 'vitest';
import {blockChart} from '../../../source/screen/charts/block-chart.js';

test('columns of eighths start on the bottom row', () => {
	const values = [0, undefined, 25, 50, 62.5, 100, 120, -3];
	expect(blockChart({columns: 8, rows: 2, values, top: 100, unicode: true})).toEqual(['    ▂██ ', '▁ ▄████▁']);
});

test('ASCII has thirds of a row', () => {
	const values = [0, undefined, 33.3, 50, 66.6, 100];
	expect(blockChart({columns: 6, rows: 2, values, top: 100, unicode: false})).toEqual(['    .#', '. *###']);
});

test('few values fill the width and many are averaged', () => {
	expect(blockChart({columns: 4, rows: 1, values: [50, 100], top: 100, unicode: true})).toEqual(['▄▄██']);
	expect(blockChart({columns: 2, rows: 1, values: [25, 75, 100, 100], top: 100, unicode: true})).toEqual(['▄█']);
});
