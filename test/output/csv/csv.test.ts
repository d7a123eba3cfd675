import fc from 'fast-check';
import {expect, test} from 'vitest';
import {toCsv} from '../../../source/output/csv/csv.js';
import {csvLine} from '../../../source/output/csv/table.js';
import {sanitize} from '../../../source/text/sanitize.js';
import {measured, measuredDay, reportFor, testNow, workedExample} from '../../support/requests.js';
import {contextOf} from '../context.js';

/** RFC 4180, read strictly: what is not quoted holds no quote, and each record ends with CRLF. */
const parse = (text: string): string[][] => {
	const records: string[][] = [];
	let record: string[] = [];
	let at = 0;
	while (at < text.length) {
		const cell = /^(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/u.exec(text.slice(at));
		if (!cell) {
			throw new Error(`No CSV at ${JSON.stringify(text.slice(at, at + 40))}`);
		}
		record.push(cell[1]?.replaceAll('""', '"') ?? cell[2] ?? '');
		if (cell[3] === '\r\n') {
			records.push(record);
			record = [];
		}
		at += cell[0].length;
	}
	return records;
};

const rowsOf = (text: string): Record<string, string>[] => {
	const [head = [], ...rows] = parse(text);
	return rows.map(row => Object.fromEntries(head.map((name, index) => [name, row[index] ?? ''])));
};

test('one row per request, newest last, with the unmeasured', () => {
	const rows = rowsOf(toCsv(reportFor(measuredDay()), contextOf({zone: 'Europe/Berlin'})));
	expect(rows.map(({type}) => type)).toEqual(['miss', 'hit', 'miss', 'hit', 'miss', 'hit', 'miss', 'unmeasured']);
	expect(rows[2]).toMatchObject({
		time: '2026-11-22T07:32:00.000+01:00',
		thread: 'thread-1',
		model: 'claude-sonnet-4-5',
		tokens: '0',
		blocks: '2',
		block: '2',
		cache_write_5m: '26000',
		savings: '-0.0195',
		lost_tokens: '24000',
		cause: 'expired',
		provisional: 'false',
		cause_detail: 'idle for 19 min; the cache expires after 5 min',
	});
	expect(rows[5]).toMatchObject({thread: '', savings: '', original_cost: '', cause: '', provisional: ''});
	expect(rows.at(-1)).toMatchObject({tokens: '', uncached: '', blocks: '1'});
});

test('a break that may yet be none is marked', () => {
	const at = (minutes: number) => testNow - minutes * 60_000;
	const broken = reportFor([
		measured({cacheWrite1h: 20_000}, {time: at(3)}),
		measured({cacheWrite1h: 20_000, cacheRead: 0}, {time: at(1)}),
	]);
	expect(broken.breaks.provisional.count).toBe(1);
	expect(rowsOf(toCsv(broken, contextOf())).map(({provisional}) => provisional)).toEqual(['', 'true']);
});

test('the savings of the rows add up to those of the report', () => {
	const rows = rowsOf(toCsv(reportFor(workedExample()), contextOf()));
	expect(rows).toHaveLength(1250);
	expect(rows.reduce((sum, {savings}) => sum + Number(savings), 0)).toBeCloseTo(141.75, 6);
});

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '  =1', '＝1+1'])('%j is no formula', thread => {
	const [row] = rowsOf(toCsv(reportFor([measured({}, {thread})]), contextOf()));
	expect(row?.thread).toBe(`'${sanitize(thread)}`);
});

test('numbers stay numbers', () => {
	expect(csvLine([-3.1, 0, 1e-9, null, undefined])).toBe('-3.1,0,1e-9,,\r\n');
});

test('whatever the cells hold, the line reads back harmless and in as many cells', () => {
	const cell = fc.oneof(
		fc.string({unit: 'binary'}),
		fc.stringMatching(/^[=+\-@\t\r\n", '\u001B\u2028a]{0,8}$/u),
		fc.double({noNaN: true, noDefaultInfinity: true}),
	);
	fc.assert(
		fc.property(fc.array(cell, {minLength: 1}), cells => {
			const line = csvLine(cells);
			expect(line).not.toMatch(/[\p{Cc}\p{Cs}\p{Cf}\p{Zl}\p{Zp}](?<!\r)(?<!\r\n$)/u);
			const [record, ...more] = parse(line);
			expect(more).toEqual([]);
			expect(record).toHaveLength(cells.length);
			record?.forEach((text, index) => {
				const written = cells[index];
				if (typeof written === 'number') {
					expect(Number(text)).toBe(written + 0);
				} else {
					expect(text).not.toMatch(/^\s*[=+\-@]/);
					expect([sanitize(written ?? ''), `'${sanitize(written ?? '')}`]).toContain(text);
				}
			});
		}),
		{numRuns: 300},
	);
});
