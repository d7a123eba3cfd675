import {Resvg} from '@resvg/resvg-js';
import {expect, test} from 'vitest';
import {priceList} from '../../../source/metrics/money/pricing.js';
import {monoTheme} from '../../../source/screen/theme.js';
import {screenshotOf} from '../../../source/screen/view/screenshot.js';
import {contextOf} from '../../output/context.js';
import {reportOf} from '../../support/recount.js';
import {reportFor, testNow, testWindow} from '../../support/requests.js';
import {busyRequests} from '../../support/snapshots.js';

const report = reportFor(busyRequests());
const title = 'worker.log';

/** What is written in a picture, without the blanks, which stand apart where the look changes. */
const textOf = (svg: string) =>
	Array.from(svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g), ([, text]) => text)
		.join('')
		.replaceAll(' ', '');
const packed = (words: string) => words.replaceAll(' ', '');

test('shows the dashboard: the figures, what was read, over which time', () => {
	const text = textOf(screenshotOf(report, contextOf(), {title}));
	for (const words of [
		'hitrate',
		title,
		'24 h',
		'hit rate',
		'saved net',
		'Why cache was lost',
		'made 22 Nov 09:12 UTC',
	]) {
		expect(text).toContain(packed(words));
	}
});

test('claims nothing that only a live screen can: no state, no keys', () => {
	expect(textOf(screenshotOf(report, contextOf(), {title}))).not.toMatch(/live|paused|quit|req\/s|Enter|select/);
});

test('has the size that was asked for, and a renderer accepts it', () => {
	for (const [columns, rows] of [
		[120, 36],
		[80, 24],
		[200, 60],
	] as const) {
		const image = new Resvg(screenshotOf(report, contextOf(), {title, columns, rows})).render();
		expect([image.width, image.height]).toEqual([columns * 9 + 28, rows * 19 + 52]);
	}
});

test('is 120 x 36 by default', () => {
	expect(screenshotOf(report, contextOf(), {title})).toBe(
		screenshotOf(report, contextOf(), {title, columns: 120, rows: 36}),
	);
});

test('times are those of the zone', () => {
	expect(textOf(screenshotOf(report, contextOf({zone: 'Asia/Tokyo'}), {title}))).toContain(
		packed('made 22 Nov 18:12 Asia/Tokyo'),
	);
});

test('a theme without colours has none', () => {
	const fills = (svg: string) => new Set(svg.match(/(?<=<text[^>]*fill=")#\w+/g));
	expect(fills(screenshotOf(report, contextOf(), {title, theme: monoTheme})).size).toBeLessThan(
		fills(screenshotOf(report, contextOf(), {title})).size,
	);
});

test('is of 7-bit characters where no others are wanted', () => {
	const hostile = {...contextOf(), problems: []};
	expect(screenshotOf(report, hostile, {title: 'zażółć', unicode: false})).toMatch(/^[\n -~]*$/);
});

test('says which requests it is about', () => {
	const filtered = reportOf(busyRequests(), testWindow, priceList(), testNow, {filter: {model: 'haiku'}});
	expect(textOf(screenshotOf(filtered, contextOf(), {title}))).toContain('modelhaiku');
});

test('without any request it says what was looked at', () => {
	const text = textOf(screenshotOf(reportFor([]), contextOf(), {title}));
	expect(text).toContain('logs/worker.log');
});

test('a title that is too long leaves the window alone', () => {
	const text = textOf(screenshotOf(report, contextOf(), {title: 'x'.repeat(500)}));
	expect(text).toContain('x…24h');
	expect(text).not.toContain('x'.repeat(110));
});
