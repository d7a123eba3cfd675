import {expect, test} from 'vitest';
import {checkJson} from '../../source/alerts/check-json.js';
import {statusOf} from '../../source/alerts/overall.js';
import type {Report} from '../../source/metrics/report/report.js';
import {toHtml} from '../../source/output/html/html.js';
import {toJson} from '../../source/output/json/json.js';
import {toMarkdown} from '../../source/output/markdown/markdown.js';
import {formatCount, formatMoney, formatPercent, formatTokens, moneyColumn} from '../../source/output/numbers.js';
import {causeNames} from '../../source/output/phrases.js';
import {coldNames} from '../../source/output/rows/cold-rows.js';
import {toText} from '../../source/output/text/text.js';
import {whyText} from '../../source/output/why/text.js';
import {screenshotOf} from '../../source/screen/view/screenshot.js';
import {measured, measuredDay, reportFor, testNow} from '../support/requests.js';
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

const renderings = {
	text: (report: Report) => toText(report, context).replace(/\s+/g, ' '),
	Markdown: (report: Report) =>
		toMarkdown(report, context)
			.replace(/[|`*\\]/g, ' ')
			.replace(/\s+/g, ' '),
	HTML: (report: Report) => withoutTags(toHtml(report, context)),
};
const documents = {
	text: renderings.text(report),
	Markdown: renderings.Markdown(report),
	HTML: renderings.HTML(report),
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

const amount = /\$([\d,.]+)/;

test.each(Object.entries(documents))('%s: the cost with cache is the sum of its parts, to the digit', (_, document) => {
	const found = /(\$[\d.]+) = first writes ([\d.]+) \+ growth ([\d.]+) \+ reads ([\d.]+) \+ lost ([\d.]+)/.exec(
		document,
	);
	const [paid = '', ...parts] = found?.slice(1) ?? [];
	const digits = paid.split('.')[1]?.length ?? 0;
	expect(digits).toBeGreaterThanOrEqual(2);
	expect(parts.map(part => part.split('.')[1]?.length)).toEqual([digits, digits, digits, digits]);
	expect(`$${parts.reduce((sum, part) => sum + Number(part), 0).toFixed(digits)}`).toBe(paid);
	expect(Number(amount.exec(paid)?.[1])).toBeCloseTo(json.cached_cost ?? 0, digits - 1);
	expect(Object.values(json.cost_parts ?? {}).reduce((sum, part) => sum + part, 0)).toBeCloseTo(
		json.cached_cost ?? 0,
		6,
	);
});

test.each(['text', 'Markdown', 'HTML'] as const)('%s: cold starts by kind, as in the JSON', name => {
	const at = (minutes: number) => testNow - minutes * 60_000;
	const begun = reportFor([
		measured({cacheWrite5m: 30_000}, {time: at(90)}),
		measured({cacheRead: 30_000, cacheWrite5m: 1000}, {time: at(89)}),
		measured({cacheWrite5m: 4000}, {time: at(88)}),
		measured({cacheRead: 31_000, cacheWrite5m: 1000}, {time: at(87)}),
		measured({cacheWrite5m: 50_000}, {time: at(40), thread: 'thread-9'}),
	]);
	const {cold_starts} = toJson(begun, context);
	expect(cold_starts.by_kind.map(({kind, total}) => [kind, total])).toEqual([
		['first', 2],
		['side', 1],
	]);
	const document = renderings[name](begun);
	const costs = moneyColumn([...cold_starts.by_kind, cold_starts].map(({cost}) => cost ?? undefined));
	for (const [index, start] of cold_starts.by_kind.entries()) {
		expect(document).toContain(
			`${coldNames[start.kind]} ${formatCount(start.total)} ${formatTokens(start.tokens)} ${costs[index]}`,
		);
	}
	expect(document).toContain(
		`Total ${formatCount(cold_starts.total)} ${formatTokens(cold_starts.tokens)} ${costs.at(-1)}`,
	);
});

test.each(['text', 'Markdown', 'HTML'] as const)('%s: breaks that may yet be none', name => {
	const at = (minutes: number) => testNow - minutes * 60_000;
	const fresh = reportFor([
		measured({cacheWrite1h: 20_000}, {time: at(3)}),
		measured({cacheWrite1h: 20_000}, {time: at(1)}),
	]);
	expect(toJson(fresh, context).breaks.provisional).toBe(1);
	expect(renderings[name](fresh)).toContain('1 of them may be a conversation beside it (provisional).');
	expect(documents[name]).not.toContain('provisional');
});

test('a number of requests is the same everywhere: unmeasured ones are among them', () => {
	const {total_events, cache_hits, cache_misses, unmeasured} = json;
	expect(unmeasured).toBeGreaterThan(0);
	expect(total_events).toBe(cache_hits + cache_misses + unmeasured);
	const group = json.threads.find(({name}) => name === 'thread-3');
	expect(group).toMatchObject({total_events: 1, unmeasured: 1});
	const byThread = contextOf({groupBy: 'thread'});
	expect(toText(report, byThread)).toMatch(new RegExp(`Total requests +${total_events}\\b`));
	expect(toText(report, byThread)).toMatch(/thread-3 +1 +n\/a/);
	expect(toMarkdown(report, byThread)).toMatch(new RegExp(`Total requests \\| +${total_events}\\b`));
	expect(toMarkdown(report, byThread)).toMatch(/thread-3`? \| +1 \| +n\/a/);
	const html = withoutTags(toHtml(report, byThread));
	expect(html).toMatch(new RegExp(`Requests ${total_events}\\b`));
	expect(html).toMatch(/thread-3 1 n\/a/);
	expect(screen).toContain(`${total_events} requests: `);
	expect(json.series.reduce((sum, point) => sum + point.total_events, 0)).toBe(total_events);
	const checked = checkJson({report, context, title: 'worker.log', verdicts: [], warnings: []}, statusOf([], []));
	expect(checked.total_events).toBe(total_events);
});

test('the screen says the same', () => {
	expect(screen).toContain(formatPercent((json.hit_rate ?? 0) / 100));
	expect(screen).toContain(formatMoney(json.breaks.lost_cost ?? 0));
	for (const cause of json.breaks.by_cause) {
		expect(screen).toContain(formatTokens(cause.lost_tokens));
	}
});

test('small losses alone are reported as well', () => {
	const at = (minutes: number) => testNow - minutes * 60_000;
	const small = reportFor([
		measured({cacheWrite5m: 200_000}, {time: at(90)}),
		measured({cacheRead: 195_000, cacheWrite5m: 9000}, {time: at(89)}),
	]);
	const {breaks, small_losses} = toJson(small, context);
	expect([breaks.total, small_losses.total]).toEqual([0, 1]);
	const cost = formatMoney(small_losses.lost_cost ?? 0);
	for (const [name, rendering] of Object.entries(renderings)) {
		expect(rendering(small), name).toContain(`${cost} lost in 1 small loss`);
		expect(rendering(small).toLowerCase(), name).toContain('why cache was lost');
	}
	expect(whyText(small, context)).toContain(`No breaks: ${cost} lost in 1 small loss`);
	const drawn = withoutTags(screenshotOf(small, context, {title: 'worker.log', columns: 160, rows: 50}));
	expect(drawn).toContain(`${cost} lost in 1 small loss`);
	expect(drawn).not.toContain('Nothing lost');
});

test('the answer is in the first line', () => {
	expect(toText(report, context).split('\n')[0]).toContain(formatPercent((json.hit_rate ?? 0) / 100));
	expect(toMarkdown(report, context).split('\n')[2]).toContain(formatPercent((json.hit_rate ?? 0) / 100));
});

test('causes are reported even if no single request was asked for', () => {
	const summed = {...report, breaks: {...report.breaks, all: []}};
	expect(toText(summed, context)).toBe(toText(report, context));
	expect(toMarkdown(summed, context)).toBe(toMarkdown(report, context));
	expect(toHtml(summed, context)).toBe(toHtml(report, context));
});
