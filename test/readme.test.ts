import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {longOf} from '../source/flags/flag.js';
import {flags} from '../source/flags/flags.js';
import {typedVerbs} from '../source/flags/verbs.js';
import {namedFormats} from '../source/formats/names.js';
import {roleNames, threadNames} from '../source/formats/roles/role-names.js';
import {keymapMarkdown} from '../source/screen/keys/keymap.js';
import {helpText} from '../source/shell/help.js';
import {numbersMarkdown} from '../source/shell/help-numbers.js';

const root = join(import.meta.dirname, '..');
const readme = readFileSync(join(root, 'readme.md'), 'utf8');

const flagsOf = (text: string) => [...new Set(text.match(/(?<![\w-])--[a-z][a-z0-9-]+/g))].sort();
const flagsKnown = () => flagsOf(helpText());

test('the table of keys is that of the keymap', () => {
	expect(/<!-- keys:[^>]*-->\n([\s\S]*?)\n<!-- \/keys -->/.exec(readme)?.[1]).toBe(keymapMarkdown());
});

test('the table of numbers is what help numbers prints', () => {
	expect(/<!-- numbers:[^>]*-->\n([\s\S]*?)\n<!-- \/numbers -->/.exec(readme)?.[1]).toBe(numbersMarkdown());
});

test('readme, help and command line name the same flags', () => {
	const known = flagsKnown();
	const rows = readme.split('\n').filter(line => /^\| `-/.test(line));
	expect(flagsOf(rows.map(row => row.split('|')[1]).join(' ')).filter(flag => !known.includes(flag))).toEqual([]);
	expect(known.filter(flag => !readme.includes(flag))).toEqual([]);
	expect(
		Object.entries(flags)
			.map(([name, flag]) => longOf(name, flag))
			.sort(),
	).toEqual(known);
});

test('the readme names every format that --format takes', () => {
	const row = readme.split('\n').find(line => line.startsWith('| `--format NAME`')) ?? '';
	const told = [...(row.split("guess the log's format:")[1] ?? '').matchAll(/`([a-z-]+)`/g)].map(([, name]) => name);
	expect(told).toEqual([...namedFormats]);
});

test('the readme names what identifies a conversation and a project', () => {
	const text = readme.split('\n').find(line => line.startsWith('Beside the usage')) ?? '';
	const plain = roleNames.project.filter(name => /^project/.test(name));
	const told = [...threadNames.filter(name => !name.includes('.')), ...plain];
	expect(
		[...text.matchAll(/`([a-z_]+)`/g)].map(([, name]) => name).filter(name => name !== 'metadata' && name !== 'thread'),
	).toEqual(told);
});

test('the table of commands names every command', () => {
	const rows = [...readme.matchAll(/^\| `hitrate ([a-z]+)/gm)].map(([, verb]) => verb);
	expect([...new Set(rows)].sort()).toEqual([...typedVerbs].sort());
});

test('what the readme points to is there', () => {
	const linked = [...readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)];
	const shown = [...readme.matchAll(/(?:src|srcset)="([^"]+)"/g)];
	expect(shown.length).toBeGreaterThan(0);
	for (const [, target = ''] of [...linked, ...shown]) {
		expect(existsSync(join(root, target)), target).toBe(true);
	}
});

test('what the readme points to on its own page is a heading', () => {
	// As GitHub makes them: lower case, without punctuation, a hyphen for each blank.
	const anchors = [...readme.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
		heading
			.toLowerCase()
			.replace(/[^\p{L}\p{N} _-]/gu, '')
			.replaceAll(' ', '-'),
	);
	for (const [, anchor] of readme.matchAll(/\]\(#([^)]+)\)/g)) {
		expect(anchors).toContain(anchor);
	}
});

test('every command of an example is one that there is, with flags that it takes', () => {
	const examples = [...readme.matchAll(/^```sh\n([\s\S]*?)^```/gm)].map(([, lines = '']) => lines).join('');
	const known = flagsKnown();
	const used = [...examples.matchAll(/\bhitrate\b([^#\n]*)/g)].map(([, rest = '']) => rest.replace(/'[^']*'/g, "''"));
	expect(used.length).toBeGreaterThan(20);
	for (const rest of used) {
		for (const [flag] of rest.matchAll(/(?<![\w-])--[a-z][a-z0-9-]+/g)) {
			expect(known, rest).toContain(flag);
		}
	}
});
