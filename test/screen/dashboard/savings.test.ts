import {expect, test} from 'vitest';
import {savings} from '../../../source/screen/dashboard/savings.js';
import {paneRows} from '../../support/panes.js';
import {measured, measuredDay, workedExample} from '../../support/requests.js';
import {snapshotOf} from '../../support/snapshots.js';

test('the worked example, with the prices it assumes', () => {
	expect(paneRows(savings, snapshotOf({requests: workedExample()}))).toEqual([
		'Net saved      $141.75  90.0 %',
		'Without cache  $157.50',
		'With cache      $15.75',
		'Prices         Claude Sonnet, assumed',
		'Tokens saved    52.5 M  50.0 k per hit',
	]);
});

test('a measured day: writes, what has no price, what breaks cost', () => {
	const rows = paneRows(savings, snapshotOf({requests: measuredDay()}), {rows: 8});
	expect(rows.map(row => row.split(/ {2,}/)[0])).toEqual([
		'Net saved',
		'Without cache',
		'With cache',
		'Priced',
		'Tokens saved',
		'Lost to breaks',
		'= first writes $0.07 + growth $0.04',
		'',
	]);
	// The four parts add up to what is written beside "With cache".
	const amounts = (row = '') => [...row.matchAll(/\$([\d.]+)/g)].map(([, amount]) => Number(amount));
	const parts = [...amounts(rows[6]), ...amounts(rows[7])];
	expect(parts).toHaveLength(4);
	expect(parts.reduce((sum, amount) => sum + amount, 0)).toBeCloseTo(amounts(rows[2])[0] as number, 9);
	for (const [columns, rows, dense] of [
		[38, 8, false],
		[46, 8, false],
		[76, 4, true],
		[90, 8, true],
	] as const) {
		const lines = paneRows(savings, snapshotOf({requests: measuredDay()}), {columns, rows, dense});
		const start = lines.findIndex(line => line.startsWith('='));
		const found = amounts(lines.slice(start).join(' '));
		expect(found, `${columns} columns`).toHaveLength(4);
	}
	expect(rows[2]).toMatch(/write premium$/);
	expect(rows[3]).toMatch(/ 92\.8 % {2}of input; no price for the rest$/);
	expect(rows[5]).toMatch(/in 2 breaks/);
});

test('a loss is called one, and its amount has no sign', () => {
	const snapshot = snapshotOf({requests: [measured({cacheWrite1h: 100_000})]});
	expect(paneRows(savings, snapshot)[0]).toBe('Loss            $0.30  100.0 % more than without');
	expect(paneRows(savings, snapshot, {columns: 40})[0]).toBe('Loss            $0.30  100.0 % more');
});

test('money that is not known is n/a', () => {
	const rows = paneRows(savings, snapshotOf({requests: [measured({cacheRead: 5000}, {model: 'house'})]}));
	expect(rows[0]).toBe('Net saved         n/a  no known price');
	expect(rows.join('\n')).not.toContain('$0.00\nWith');
});
