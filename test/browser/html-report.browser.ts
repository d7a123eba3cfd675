import type {Browser} from 'playwright-core';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {Report} from '../../source/metrics/report/report.js';
import {toHtml} from '../../source/output/html/html.js';
import {contextOf} from '../output/context.js';
import {measured, measuredDay, reportFor, workedExample} from '../support/requests.js';
import {colourSchemes, openBrowser} from './browser.js';

const project = '/srv/customers/a-company-with-a-long-name/services/conversation-backend/worker';

const reports: readonly (readonly [name: string, report: Report])[] = [
	['a measured day', reportFor(measuredDay())],
	['plans only', reportFor(workedExample())],
	[
		'long names',
		reportFor(measuredDay().map(found => ({...found, project, thread: `${found.thread}-${'0'.repeat(60)}`}))),
	],
	['large amounts', reportFor([measured({uncached: 9_000_000_000}), measured({cacheRead: 98_000_000_000})])],
	['nothing', reportFor([])],
];

let browser: Browser;

beforeAll(async () => {
	browser = await openBrowser();
});
afterAll(() => browser.close());

type Seen = {
	readonly overflow: number;
	/** Words that stand on more than one line. */
	readonly broken: readonly string[];
	/** Sizes of text in charts as it is seen, pixels. */
	readonly chartText: readonly number[];
	/** Labels of charts that touch or leave the chart. */
	readonly collisions: readonly string[];
};

const look = `(() => {
	const broken = [];
	const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	while (walker.nextNode()) {
		const node = walker.currentNode;
		for (const {0: word, index} of node.textContent.matchAll(/\\S+/g)) {
			const range = document.createRange();
			range.setStart(node, index);
			range.setEnd(node, index + word.length);
			const lines = new Set([...range.getClientRects()].filter(box => box.width > 0).map(box => Math.round(box.top)));
			if (lines.size > 1 && word.length <= 24 && !word.includes('-')) {
				broken.push(word);
			}
			if (lines.size > 4) {
				broken.push(word);
			}
		}
	}
	const chartText = [];
	const collisions = [];
	for (const svg of document.querySelectorAll('svg')) {
		const frame = svg.getBoundingClientRect();
		if (frame.width === 0) {
			continue;
		}
		const labels = [...svg.querySelectorAll('text')];
		const boxes = labels.map(label => label.getBoundingClientRect());
		for (const [index, label] of labels.entries()) {
			const box = boxes[index];
			chartText.push(parseFloat(getComputedStyle(label).fontSize) * frame.width / svg.viewBox.baseVal.width);
			const touches = boxes.some((other, place) => place > index &&
				box.left < other.right - 1 && other.left < box.right - 1 && box.top < other.bottom - 3 && other.top < box.bottom - 3);
			if (touches || box.left < frame.left - 1 || box.right > frame.right + 1) {
				collisions.push(label.textContent);
			}
		}
	}
	return {overflow: document.documentElement.scrollWidth - innerWidth, broken, chartText, collisions};
})()`;

test.each(reports)('the summary is one A4 page: %s', async (_, report) => {
	const page = await browser.newPage();
	try {
		await page.setContent(toHtml(report, contextOf({subject: 'worker.log on web1'})));
		await page.addStyleTag({content: '.summary { break-after: auto !important; } .summary ~ * { display: none; }'});
		const pdf = (await page.pdf({preferCSSPageSize: true})).toString('latin1');
		expect(pdf.match(/\/Type \/Page\b/g)).toHaveLength(1);
		expect(pdf).toMatch(/\/MediaBox \[0 0 59[45][.\d]* 84[12][.\d]*\]/);
	} finally {
		await page.close();
	}
});

describe.each(reports)('the HTML report: %s', (name, report) => {
	test.each([360, 768, 1440].flatMap(width => colourSchemes.map(scheme => [width, scheme] as const)))(
		'%i pixels wide, %s',
		async (width, colorScheme) => {
			const page = await browser.newPage({viewport: {width, height: 900}, colorScheme});
			try {
				await page.setContent(toHtml(report, contextOf({groupBy: 'thread'})));
				const folder = process.env.HITRATE_PICTURES;
				if (folder !== undefined) {
					await page.screenshot({path: `${folder}/${name}-${width}-${colorScheme}.png`, fullPage: true});
				}
				const seen: Seen = await page.evaluate(look);
				expect(seen).toMatchObject({broken: [], collisions: []});
				expect(seen.overflow).toBeLessThanOrEqual(0);
				expect(Math.min(Number.POSITIVE_INFINITY, ...seen.chartText)).toBeGreaterThanOrEqual(11);
				expect(seen.chartText.length > 0).toBe(report.count > 0);
			} finally {
				await page.close();
			}
		},
	);
});
