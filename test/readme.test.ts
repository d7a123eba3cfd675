import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {help} from '../source/help.js';
import {keymapMarkdown} from '../source/screen/keymap.js';

const root = join(import.meta.dirname, '..');
const readme = readFileSync(join(root, 'readme.md'), 'utf8');

test('the table of keys is that of the keymap', () => {
	expect(/<!-- keys:[^>]*-->\n([\s\S]*?)\n<!-- \/keys -->/.exec(readme)?.[1]).toBe(keymapMarkdown());
});

test('readme, help and command line name the same flags', () => {
	const flagsOf = (text: string) => [...new Set(text.match(/(?<![\w-])--[a-z][a-z-]+/g))].sort();
	const table = readme.slice(readme.indexOf('### Flags'), readme.indexOf('### Keys'));
	const known = flagsOf(help);
	expect(flagsOf(table)).toEqual(known);
	const parsed = [...readFileSync(join(root, 'source/cli.ts'), 'utf8').matchAll(/^\t\t\t(\w+): \{type/gm)].map(
		([, name = '']) =>
			`--${name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`.replace(
				/^--(color|store|events)$/,
				'--no-$1',
			),
	);
	expect(parsed.filter(flag => flag !== '--help' && flag !== '--version').sort()).toEqual(known);
});

test('what the readme points to is there', () => {
	for (const [, target = ''] of readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)) {
		expect(existsSync(join(root, target)), target).toBe(true);
	}
});
