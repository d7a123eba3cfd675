import {Resvg} from '@resvg/resvg-js';
import {expect, test} from 'vitest';
import {picture} from '../../../source/output/picture/picture.js';

const size = {columns: 20, rows: 3};
const bodyOf = (svg: string) => svg.split('\n').slice(5, -2).join('\n');

test('text of one look is one run, with its colour and weight', () => {
	expect(bodyOf(picture(['ab \u001B[1;32mcd\u001B[0m'], size))).toBe(
		'<text x="14" y="52.5" fill="#cdd6f4" textLength="18">ab</text><text x="41" y="52.5" fill="#a6e3a1" textLength="18" font-weight="bold">cd</text>',
	);
});

test('blocks, braille and lines are geometry', () => {
	const svg = bodyOf(picture(['█▌▁⣿╭─┤'], size));
	expect(svg).not.toContain('<text');
	expect(svg.match(/<rect/g)).toHaveLength(3);
	expect(svg.match(/<circle/g)).toHaveLength(8);
	expect(svg.match(/<path/g)).toHaveLength(3);
});

test('markup and control characters of a log stay text', () => {
	const svg = picture(['<script>&"\u0000\u001B]0;x\u0007', '</text><image href="x"/>'], {columns: 30, rows: 2});
	expect(svg).not.toMatch(/<script|<image|[\u0000-\u0008\u001B]/);
	expect(svg).toContain('&lt;script&gt;&amp;&quot;');
});

test('what is wider or higher than the screen is left out', () => {
	const svg = picture(['x'.repeat(100), 'y', 'z', 'hidden'], size);
	expect(svg).toContain(`>${'x'.repeat(20)}<`);
	expect(svg).not.toContain('hidden');
});

test('a wide character takes two columns', () => {
	expect(
		[...bodyOf(picture(['漢a'], size)).matchAll(/x="(\d+)".*?textLength="(\d+)"/g)].map(([, ...place]) => place),
	).toEqual([
		['14', '18'],
		['32', '9'],
	]);
});

test('a renderer accepts it, at the size it says', () => {
	const image = new Resvg(picture(['hit rate \u001B[33m84.0 %\u001B[0m ████⣀'], size)).render();
	expect([image.width, image.height]).toEqual([20 * 9 + 28, 3 * 19 + 52]);
});

test('fixed colours of the 256 and a light ground', () => {
	const svg = picture(['\u001B[38;5;28mgreen\u001B[0m \u001B[38;5;240mgrey\u001B[0m \u001B[38;5;999mnone\u001B[0m'], {
		columns: 30,
		rows: 1,
		ground: 'light',
	});
	expect(svg).toContain('fill="#fafafa"');
	expect([...svg.matchAll(/fill="(#\w+)" textLength/g)].map(([, ink]) => ink)).toEqual([
		'#008700',
		'#585858',
		'#2c2f3f',
	]);
});

test('shades are textures, drawn once for each colour, and distinguishable without colours', () => {
	const svg = picture(['░░▒▓ \u001B[31m▓▓\u001B[0m'], size);
	const patterns = [...svg.matchAll(/<pattern id="(\w+-\w+)".*?d="(.*?)"/g)];
	expect(patterns.map(([, id]) => id)).toEqual(['shade1-cdd6f4', 'shade2-cdd6f4', 'shade3-cdd6f4', 'shade3-f38ba8']);
	expect(new Set(patterns.map(([, , path]) => path)).size).toBe(3);
	const ids = patterns.map(([, id]) => id);
	for (const [, id = ''] of svg.matchAll(/url\(#(.*?)\)/g)) {
		expect(ids).toContain(id);
	}
	expect(svg.match(/url\(#shade1/g)).toHaveLength(2);
});

test('inverse cells are on one rectangle, with their words as words', () => {
	expect(bodyOf(picture(['a \u001B[7mbc d\u001B[0m'], size))).toBe(
		[
			'<rect x="32" y="38" width="36" height="19" fill="#cdd6f4"/>',
			'<text x="14" y="52.5" fill="#cdd6f4" textLength="9">a</text>',
			'<text x="32" y="52.5" fill="#1e1e2e" textLength="18">bc</text>',
			'<text x="59" y="52.5" fill="#1e1e2e" textLength="9">d</text>',
		].join(''),
	);
});
