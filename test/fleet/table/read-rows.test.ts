import {expect, test} from 'vitest';
import {columns} from '../../../source/fleet/table/columns.js';
import {rowSelection} from '../../../source/fleet/table/from-row.js';
import {nameFrom, readRows} from '../../../source/fleet/table/read-rows.js';
import {toRow} from '../../../source/fleet/table/to-row.js';
import {block, measured} from '../../support/requests.js';

const facts = {gap: undefined, loss: undefined, small: undefined, cold: undefined, readFiveMinutes: 0, readOneHour: 0};
const honest = toRow(
	{
		request: measured({cacheRead: 9}, {plan: {blocks: [block(1, 10)], skipped: [], unsupported: false}}),
		facts,
	},
	{shipper: 'web1', ver: '256', place: 1, price: undefined},
) as Record<string, unknown>;

/** As a server answers it. */
const answered = (row: Record<string, unknown>) =>
	rowSelection.split(', ').map(selected => {
		const name = selected.replace('toString(ver)', 'ver') as keyof typeof columns;
		return row[name] ?? (columns[name] === 'String' ? '' : 0);
	});

test('an honest row is read', () => {
	expect(readRows([answered(honest)])).toMatchObject([{shipper: 'web1', request: {usage: {cacheRead: 9}}}]);
});

test.each([
	['thread', '{"a":1}'],
	['model', '5'],
	['source', '[]'],
	['project', 'no JSON'],
	['shipper', '{}'],
	['events', '{"kind":"a"}'],
	['events', '[null]'],
	['events', '[{"kind":1}]'],
	['iterations', '[{"uncached":"many"}]'],
	['settings', '"fast"'],
	['settings', '{"speed":{}}'],
	['price_factors', 'null'],
	['plan', '[1]'],
	['plan', '[0,0,[["a",2,0]],[]]'],
	['price', '["a"]'],
])('a row whose %s is %s is left out, and the others are read', (column, value) => {
	const rows = readRows([answered({...honest, [column]: value}), answered(honest)]);
	expect(rows.length).toBe(1);
});

test('a name that no shipper wrote is returned unchanged, and long ones are bounded', () => {
	expect(['', '"a"', 'a', '{"a":1}'].map(nameFrom)).toEqual([undefined, 'a', 'a', '{"a":1}']);
	const long = readRows([answered({...honest, model: JSON.stringify('m'.repeat(10_000))})]);
	expect(long[0]?.request.model?.length).toBeLessThan(250);
});
