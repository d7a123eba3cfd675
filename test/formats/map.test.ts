import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
import {usageLines} from '../../source/formats/backends/usage-lines/usage-lines.js';
import {lineNames} from '../../source/formats/roles/line-names.js';
import {shapeFamilies} from '../../source/formats/usage/shapes/table.js';
import {prefixForms, stripPrefix} from '../../source/formats/wrappers/prefix.js';
import type {Request} from '../../source/request.js';
import {utc} from '../../source/time/stamp.js';
import {readLines} from './reading.js';
import {renderings} from './renderings/examples.js';

const path = fileURLToPath(new URL('../../readme.md', import.meta.url));

const told = (log: string): readonly Request[] => readLines(usageLines, [log]).requests;

const counts = {uncached: 10, cacheRead: 9000, cacheWrite5m: 500, cacheWrite1h: 0, output: 50};

test.each(Object.entries(renderings))('%s are read', (_, line) => {
	expect(told(line).map(({usage}) => usage)).toEqual([expect.objectContaining(counts)]);
});

test.each(prefixForms)('the prefix of $writer is taken off', ({example}) => {
	expect(stripPrefix(example, utc)?.text).toBe('LINE');
});

test.each(lineNames)('a line under $name is read', ({name}) => {
	const line = JSON.stringify({time: '2026-11-27T10:00:00Z', [name]: renderings.JSON});
	expect(told(line).map(({usage}) => usage)).toEqual([expect.objectContaining(counts)]);
});

/** Kinds of lines that are read, as the readme lists them. */
const map = (): string => {
	const writers = lineNames.flatMap(({name, writer}) => (writer === undefined ? [] : [`${writer} (\`${name}\`)`]));
	const prefixes = prefixForms.map(({writer, example}) => `${writer} (\`${example}\`)`);
	return [
		'| who | wordings of a usage |',
		'|---|---|',
		...shapeFamilies.map(({title, shapes}) => `| ${title} | ${shapes.map(({name}) => name).join('; ')} |`),
		'',
		`- **Renderings**: ${Object.keys(renderings).join(', ')}.`,
		`- **Prefixes** that are told by themselves: ${prefixes.join(', ')}. Whatever else stands before a line's own beginning is cut off as well (stern, logcli, fly, Heroku, CloudWatch, turbo), and its time serves where the line has none.`,
		`- **Envelopes**: ${writers.join(', ')}; objects that a collector parsed, at any name.`,
	].join('\n');
};

test('the readme lists what the tables hold; `npm run map` writes it anew', async () => {
	const readme = readFileSync(path, 'utf8');
	const [before, , after] = readme.split(/(?<=<!-- made from the tables[^\n]*-->\n)|(?=<!-- end -->)/);
	await expect(`${before}\n${map()}\n\n${after}`).toMatchFileSnapshot(path);
});
