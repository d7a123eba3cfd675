import {expect, test} from 'vitest';
import type {Report} from '../../source/metrics/report.js';
import {toHtml} from '../../source/output/html/html.js';
import {toJson} from '../../source/output/json/json.js';
import {toMarkdown} from '../../source/output/markdown/markdown.js';
import {formatCount, formatMoney, formatPercent, formatTokens, moneyColumn} from '../../source/output/numbers.js';
import {causeNames} from '../../source/output/phrases.js';
import {toText} from '../../source/output/text/text.js';
import {screenshotOf} from '../../source/screen/screenshot.js';
import {measuredDay, reportFor} from '../support/requests.js';
import {contextOf} from './context.js';

const withoutTags = (markup: string): string =>
	markup
		.replace(/<style>[\s\S]*?<\/style>/g, '')
		.replace(/<[^>]+>/g, ' ')
		.replace(/&\w+;|&#\d+;/g, ' ')
		.replace(/\s+/g, ' ');

const project = '/srv/shop/backend';
const report: Report = reportFor(measuredDay().map(found => ({...found, project})));
const context = contextOf();

const documents = {
	text: toText(report, context).replace(/\s+/g, ' '),
	Markdown: toMarkdown(report, context)
		.replace(/[|`*\\]/g, ' ')
		.replace(/\s+/g, ' '),
	HTML: withoutTags(toHtml(report, context)),
};
const screen = withoutTags(screenshotOf(report, context, {title: 'worker.log', columns: 160, rows: 50}));
const json = toJson(report, context);

test('the report to compare has something of everything', () => {
	expect(report.breaks.byCause.length).toBeGreaterThan(1);
	expect(report.previous).toBeDefined();
	expect(report.breaks.lostCost).toBeGreaterThan(0);
});

test.each(Object.entries(documents))(
	'%s: the answer, the causes, where, and the change, as in the JSON',
	(_, document) => {
		const {breaks, previous} = json;
		expect(document).toContain(
			`${formatPercent((json.hit_rate ?? 0) / 100)} hit rate (${json.status}), ${formatMoney(json.savings ?? 0)} saved, ${formatMoney(breaks.lost_cost ?? 0)} lost to ${breaks.total} breaks`,
		);
		const costs = moneyColumn(breaks.by_cause.map(({lost_cost}) => lost_cost ?? undefined));
		for (const [index, cause] of breaks.by_cause.entries()) {
			const at = document.indexOf(causeNames[cause.cause]);
			expect(at, cause.cause).toBeGreaterThan(0);
			const line = document.slice(at, at + 90);
			expect(line).toContain(formatTokens(cause.lost_tokens));
			expect(line).toContain(costs[index]);
			expect(line).toMatch(new RegExp(`\\b${formatCount(cause.breaks)}\\b`));
		}
		const lost = (list: typeof json.threads) => list.filter(group => (group.breaks.lost_cost ?? 0) > 0);
		expect(lost(json.threads).length + lost(json.projects).length).toBeGreaterThan(1);
		for (const {name, breaks} of [...lost(json.threads), ...lost(json.projects)]) {
			const found = document.match(
				new RegExp(`${name} .{0,30}${formatMoney(breaks.lost_cost ?? 0).replace('$', '\\$')}`),
			);
			expect(found, `${name}`).not.toBeNull();
		}
		expect(document).toContain(`▼ ${(((previous?.hit_rate ?? 0) - (json.hit_rate ?? 0)) as number).toFixed(1)}`);
		const change = (breaks.lost_cost ?? 0) - (previous?.breaks.lost_cost ?? 0);
		expect(document).toContain(`▲ ${formatMoney(change)}`);
	},
);

test('the screen tells the same', () => {
	expect(screen).toContain(formatPercent((json.hit_rate ?? 0) / 100));
	expect(screen).toContain(formatMoney(json.breaks.lost_cost ?? 0));
	for (const cause of json.breaks.by_cause) {
		expect(screen).toContain(formatTokens(cause.lost_tokens));
	}
});

test('the answer stands in the first line', () => {
	expect(toText(report, context).split('\n')[0]).toContain(formatPercent((json.hit_rate ?? 0) / 100));
	expect(toMarkdown(report, context).split('\n')[2]).toContain(formatPercent((json.hit_rate ?? 0) / 100));
});

test('causes are told also where no single request was asked for', () => {
	const summed = {...report, breaks: {...report.breaks, all: []}};
	expect(toText(summed, context)).toBe(toText(report, context));
	expect(toMarkdown(summed, context)).toBe(toMarkdown(report, context));
	expect(toHtml(summed, context)).toBe(toHtml(report, context));
});
