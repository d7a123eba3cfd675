import {expect, test} from 'vitest';
import type {Filter} from '../../source/metrics/filter.js';
import {priceList} from '../../source/metrics/money/pricing.js';
import type {Report} from '../../source/metrics/report/report.js';
import {toJson} from '../../source/output/json/json.js';
import {toMarkdown} from '../../source/output/markdown/markdown.js';
import {pricesText} from '../../source/output/prices/text.js';
import {toText} from '../../source/output/text/text.js';
import {reportOf} from '../support/recount.js';
import {measuredDay, testNow, testWindow} from '../support/requests.js';
import {contextOf} from './context.js';

const through = (filter: Filter): Report => reportOf(measuredDay(), testWindow, priceList(), testNow, {filter});

test('what the report is about is named everywhere', () => {
	const report = through({model: 'Sonnet', thread: 'thread-1'});
	const line = 'Filter: model with "Sonnet", thread with "thread-1"';
	expect(toText(report, contextOf()).split('\n')).toContain(line);
	expect(pricesText(report, contextOf()).split('\n')[3]).toBe(line);
	expect(toMarkdown(report, contextOf())).toContain(`\n- ${line}\n`);
	expect(toJson(report, contextOf()).filter).toMatchObject({
		model: 'Sonnet',
		project: null,
		thread: 'thread-1',
		text: null,
	});
	expect(toJson(report, contextOf()).total_events).toBe(5);
});

test('no filter is not mentioned', () => {
	for (const text of [toText(through({}), contextOf()), toMarkdown(through({model: ''}), contextOf())]) {
		expect(text).not.toContain('Filter');
	}
});

test('a filter that takes nothing says so, not that there is nothing', () => {
	const text = toText(through({project: 'nowhere'}), contextOf());
	expect(text).toContain(`
  No requests in this window match the filter.
  11 requests without the filter and in all windows, from 20 Nov 2026 08:12 to
  22 Nov 2026 07:02.
`);
	expect(text).not.toContain('--window all');
	expect(toMarkdown(through({project: 'nowhere'}), contextOf())).toContain('match the filter');
});

test('what the user typed is shown harmlessly as well', () => {
	const evil = '\u001B[2J\u202E*|\n';
	for (const text of [toText(through({text: evil}), contextOf()), toMarkdown(through({text: evil}), contextOf())]) {
		expect(text).not.toMatch(/[^\n\P{Cc}]|[\p{Cf}\p{Zl}]/u);
		expect(text).toContain('any name with');
	}
});
