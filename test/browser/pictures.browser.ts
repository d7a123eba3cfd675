import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import type {Browser, Page} from 'playwright-core';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {picture} from '../../source/output/picture/picture.js';
import {colourTheme, lightTheme} from '../../source/screen/theme.js';
import {screenshotOf} from '../../source/screen/view/screenshot.js';
import {contextOf} from '../output/context.js';
import {measuredDay, reportFor, workedExample} from '../support/requests.js';
import {colourSchemes, openBrowser} from './browser.js';

/** The grid that the pictures are drawn on, pixels. */
const cell = {width: 9, height: 19, left: 14, top: 38};

const media = join(import.meta.dirname, '../../media');
const lines = [
	'two  blanks   and more',
	'   \u001B[31mred\u001B[m then plain, \u001B[1mbold  word\u001B[m end   ',
	'wide 漢字 and é, ▓▓ 12 %  █ <&">  x',
	'│ inside a box      │ 1 │',
];
const screen = (ground: 'light' | 'dark', requests = measuredDay()) =>
	screenshotOf(reportFor(requests), contextOf(), {
		title: 'logs/worker.log',
		theme: ground === 'light' ? lightTheme : colourTheme,
	});

const pictures: readonly (readonly [name: string, svg: string])[] = [
	...readdirSync(media)
		.filter(name => name.endsWith('.svg'))
		.map(name => [name, readFileSync(join(media, name), 'utf8')] as const),
	['an export, dark', screen('dark')],
	['an export, light', screen('light')],
	['an export of plans', screen('dark', workedExample())],
	['lines with blanks', picture(lines, {columns: 40, rows: 5})],
];

let browser: Browser;
let page: Page;

beforeAll(async () => {
	browser = await openBrowser();
	page = await browser.newPage({viewport: {width: 1200, height: 900}});
});
afterAll(() => browser.close());

type Glyph = {
	readonly text: string;
	readonly x: number;
	readonly y: number;
	readonly from: number;
	readonly to: number;
};

/** Where the browser puts each character of each text: its start, and what its run spans. */
const glyphs = async (svg: string): Promise<readonly (readonly Glyph[])[]> => {
	await page.setContent(`<body style="margin:0">${svg}</body>`);
	return page.evaluate(`[...document.querySelectorAll('text')].map(element => {
		const {left: from, right: to} = element.getBoundingClientRect();
		return Array.from({length: element.getNumberOfChars()}, (_, index) => {
			const {x, y} = element.getStartPositionOfChar(index);
			return {text: element.textContent.slice(index, index + 1), x, y, from, to};
		});
	})`);
};

const columnOf = (x: number): number => (x - cell.left) / cell.width;
const rowOf = (y: number): number => Math.floor((y - cell.top) / cell.height);

describe.each(pictures)('%s', (_, svg) => {
	test('every character is in its cell', async () => {
		const runs = await glyphs(svg);
		expect(runs.length).toBeGreaterThan(3);
		const astray = runs.flat().filter(({x}) => Math.abs(columnOf(x) - Math.round(columnOf(x))) * cell.width > 1);
		expect(astray).toEqual([]);
		// A character a cell, and two for those that are wide: none is squeezed or spread.
		for (const run of runs) {
			for (const [index, glyph] of run.entries()) {
				const next = run[index + 1];
				const isWide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uff00-\uff60]/.test(glyph.text);
				if (next && next.x !== glyph.x) {
					expect(next.x - glyph.x, `${run.map(({text}) => text).join('')} at ${index}`).toBeCloseTo(
						isWide ? 2 * cell.width : cell.width,
						0,
					);
				}
			}
		}
	});

	test('no text runs into the next one of its row', async () => {
		const runs = (await glyphs(svg)).flatMap(([first]) => (first ? [first] : []));
		for (const run of runs) {
			const after = runs.filter(({x, y}) => rowOf(y) === rowOf(run.y) && x > run.x).map(({from}) => from);
			expect(run.to).toBeLessThanOrEqual(Math.min(Number.POSITIVE_INFINITY, ...after) + 1);
		}
	});

	test.each(colourSchemes)('looks the same as an image and inline, %s', async colorScheme => {
		await page.emulateMedia({colorScheme});
		const [, width = '', height = ''] = /width="(\d+)" height="(\d+)"/.exec(svg) ?? [];
		const clip = {x: 0, y: 0, width: Number(width), height: Number(height)};
		await page.setContent(`<body style="margin:0">${svg}</body>`);
		const inline = await page.screenshot({clip});
		await page.setContent(
			`<body style="margin:0"><img alt="" src="data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}"></body>`,
		);
		await page.waitForFunction('[...document.images].every(image => image.complete)');
		expect((await page.screenshot({clip})).equals(inline)).toBe(true);
	});
});

test('words are in the columns of their lines', async () => {
	const svg = picture(lines, {columns: 40, rows: 5});
	const found = (await glyphs(svg)).map(run => ({
		text: run.map(({text}) => text).join(''),
		column: Math.round(columnOf(run[0]?.x ?? 0)),
		row: rowOf(run[0]?.y ?? 0),
	}));
	expect(found.filter(({row}) => row === 0)).toEqual([
		{text: 'two', column: 0, row: 0},
		{text: 'blanks', column: 5, row: 0},
		{text: 'and', column: 14, row: 0},
		{text: 'more', column: 18, row: 0},
	]);
	expect(found.filter(({row}) => row === 1).map(({text, column}) => `${text} ${column}`)).toEqual([
		'red 3',
		'then 7',
		'plain, 12',
		'bold 19',
		'word 25',
		'end 30',
	]);
});
