import fc from 'fast-check';
import {expect, test} from 'vitest';
import {columns, shippedColumns} from '../../../source/fleet/table/columns.js';
import {fromRow, rowSelection} from '../../../source/fleet/table/from-row.js';
import {uuidOf} from '../../../source/fleet/table/key.js';
import {type Row, tombstone, toRow} from '../../../source/fleet/table/to-row.js';
import {randomCounted, randomPrices} from '../../support/random-requests.js';
import {measured, request} from '../../support/requests.js';

const zeroOf = (type: string) => (type === 'String' ? '' : type.startsWith('Array') ? [] : 0);

/** What a server answers for a row that it took: columns that were left out are zero, large numbers come as texts. */
const answered = (row: Row): readonly unknown[] => {
	const sent = JSON.parse(JSON.stringify(row)) as Record<string, unknown>;
	return rowSelection.split(', ').map(selected => {
		const name = selected.replace('toString(ver)', 'ver') as keyof typeof columns;
		const value = sent[name] ?? zeroOf(columns[name]);
		return columns[name].includes('64') ? String(value) : value;
	});
};

const sent = {shipper: 'web1', ver: '18446744073709551615', place: 7, price: undefined};

test('a request comes back as it was sent, but for its id', () => {
	fc.assert(
		fc.property(randomCounted, fc.option(randomPrices, {nil: undefined}), (counted, price) => {
			const back = fromRow(answered(toRow(counted, {...sent, price})));
			expect(back.request).toEqual({...counted.request, id: uuidOf(counted.request.id)});
			expect(back.facts).toEqual(counted.facts);
			expect(back.lane.price).toEqual(price);
			expect(back).toMatchObject({shipper: 'web1', ver: sent.ver, place: 7});
		}),
	);
});

test('what is sent has a column, and no line break or null that a server would refuse', () => {
	fc.assert(
		fc.property(randomCounted, counted => {
			const row = toRow(counted, sent);
			expect(Object.keys(row).filter(name => !shippedColumns.includes(name as never))).toEqual([]);
			expect(JSON.stringify(row)).not.toMatch(/null[,}\]](?!.*")/);
		}),
	);
});

test('numbers that no column holds are bounded: one would hold up all rows that are sent with it', () => {
	const facts = {gap: 1.5, loss: undefined, small: undefined, cold: undefined, readFiveMinutes: -1, readOneHour: 1e300};
	const row = toRow({request: measured({uncached: 1e15, cacheRead: Number.NaN}, {missTokens: 2.5}), facts}, sent);
	expect(row).toMatchObject({
		uncached: 4_294_967_295,
		cache_read: 0,
		miss_tokens: 2,
		gap: 1,
		read_5m: 0,
		read_1h: Number.MAX_SAFE_INTEGER,
	});
});

test('a tombstone has the key of the request', () => {
	const one = request({id: 'one', thread: 'a "thread"', time: 1_780_000_000_123});
	const facts = {
		gap: undefined,
		loss: undefined,
		small: undefined,
		cold: undefined,
		readFiveMinutes: 0,
		readOneHour: 0,
	};
	const {day, hour, thread, time, id} = toRow({request: one, facts}, sent);
	expect(tombstone(one, sent)).toEqual({day, hour, thread, time, id, ver: sent.ver, gone: 1, shipper: '"web1"'});
});
