import {expect, test} from 'vitest';
import {storesJson} from '../../../source/output/json/stores.js';
import {storesText} from '../../../source/output/text/stores.js';
import type {StoreSummary} from '../../../source/store/sqlite/file/upkeep.js';

const span = {first: Date.UTC(2026, 10, 21, 8), last: Date.UTC(2026, 10, 22, 9)};
const log = (name: string, requests: number) => ({id: `/logs/${name}`, name, requests, span});
const store = (parts: Partial<StoreSummary> = {}): StoreSummary => ({
	path: '/data/a.db',
	sources: ['/logs'],
	readAs: '',
	bytes: 2048,
	requests: 145,
	span,
	logs: [log('a.log', 100), log('b.log', 45)],
	problem: undefined,
	...parts,
});

test('what is kept of each set of sources, and that an unfinished request is not', () => {
	expect(
		storesText('/data', [store()], 'UTC'),
	).toBe(`/data: 2.0 KB in 1 store, one for each set of sources that was named.

  /logs
    2.0 KB, 145 requests, 21 Nov 2026 08:00 to 22 Nov 2026 09:00
    /logs/a.log  100 requests, 21 Nov 2026 08:00 to 22 Nov 2026 09:00
    /logs/b.log  45 requests, 21 Nov 2026 08:00 to 22 Nov 2026 09:00

A log's last request is kept once the log goes on after it; a report may count
it already.
`);
	expect(storesText('/data', [], 'UTC')).toBe('No stores in /data.\n');
});

test('the busiest logs are listed and the others counted; how a store was read, and why one could not be', () => {
	const logs = Array.from({length: 10}, (_, index) => log(`${index}.log`, index));
	const text = storesText(
		'/data',
		[store({logs, readAs: 'log zone UTC'}), store({problem: 'it is\u001b[2J damaged'})],
		'UTC',
	);
	expect(text).toContain('    with log zone UTC\n');
	expect(text).toContain('/logs/9.log  9 requests');
	expect(text).not.toContain('/logs/1.log');
	expect(text).toContain('and 2 more logs');
	expect(text).toMatch(/ {2}\/data\/a\.db\n {4}! it is.\[2J damaged/u);
	expect(text).not.toContain('\u001b');
});

test('as data', () => {
	expect(storesJson('/data', [store({span: undefined, problem: 'damaged'})])).toMatchObject({
		folder: '/data',
		stores: [{requests: 145, read_as: null, first: null, problem: 'damaged', logs: [{id: '/logs/a.log'}, {}]}],
	});
});
