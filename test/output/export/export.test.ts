import {expect, test} from 'vitest';
import {formatOf, renderExport, snapshotName, UnknownEndingError} from '../../../source/output/export/export.js';
import {ExportError} from '../../../source/system/write-whole.js';
import {measuredDay, reportFor, testNow} from '../../support/requests.js';
import {contextOf} from '../context.js';

test.each([
	['report.json', 'json'],
	['/tmp/a.b/REPORT.CSV', 'csv'],
	['report.md', 'md'],
	['report.markdown', 'md'],
	['-', 'json'],
])('%s is %s', (path, format) => {
	expect(formatOf(path)).toBe(format);
});

test.each(['report', 'report.xml', '.json', 'json', 'a.json/b', ''])('%j names no format', path => {
	expect(() => formatOf(path)).toThrow(UnknownEndingError);
	expect(() => formatOf(path)).toThrow(/give it the ending \.json, \.csv, \.md, \.html or \.svg, or name a folder/);
});

test('renders each format', () => {
	const report = reportFor(measuredDay());
	expect(JSON.parse(renderExport('json', report, contextOf()))).toMatchObject({cache_hits: 3});
	expect(renderExport('csv', report, contextOf())).toMatch(/^time,type,thread,/);
	expect(renderExport('md', report, contextOf())).toMatch(/^# Prompt cache report\n/);
});

test('what is longer than a string can be is said in one line', () => {
	const report = {
		...reportFor(measuredDay()),
		get requests(): never {
			throw new RangeError('Invalid string length');
		},
	};
	expect(() => renderExport('csv', report, contextOf())).toThrow(ExportError);
	expect(() => renderExport('csv', report, contextOf())).toThrow(/choose a shorter one/);
});

test('other errors are bugs and stay what they are', () => {
	expect(() => renderExport('csv', reportFor(measuredDay()), contextOf({zone: 'Europe/Atlantis'}))).toThrow(RangeError);
});

test('a snapshot is called by its time', () => {
	expect(snapshotName(testNow, 'UTC')).toBe('hitrate-20261122-091200');
	expect(snapshotName(testNow, 'Asia/Tokyo')).toBe('hitrate-20261122-181200');
});
