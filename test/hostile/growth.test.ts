import {describe, expect, test} from 'vitest';
import {createRandom} from '../../source/demo/random.js';
import type {Format} from '../../source/formats/format.js';
import {jsonStart} from '../../source/formats/renderings/json-in-text.js';
import {formats} from '../../source/formats/table.js';
import {csvLine} from '../../source/output/csv/table.js';
import {escapeMarkdown} from '../../source/output/markdown/escape.js';
import {picture} from '../../source/output/picture/picture.js';
import {parseCells} from '../../source/terminal/cells.js';
import {KeyReader} from '../../source/terminal/key-reader.js';
import {escapeHarmful, sanitize} from '../../source/text/sanitize.js';
import {wrap} from '../../source/text/wrap.js';
import {formatContext} from '../formats/reading.js';
import {mutated} from './mutate.js';
import {shapes} from './shapes.js';
import {growthOf, ratioOf} from './time.js';

/** Linear work gives 16; what is measured varies, and the square of it would give 256. */
const mostGrowth = 90;

const stamp = '2026-02-10T08:00:00.000000Z';
const event = `${stamp} [info     ] 🔥 Block 1: Cached `;

/** Texts of any length that are hard on a careless pattern or parser. */
const hard: Readonly<Record<string, (length: number) => string>> = {
	blanks: length => `x${' '.repeat(length)}x`,
	digits: length => `${'1'.repeat(length)}x`,
	'digits and commas': length => `+${'1,'.repeat(length / 2)}x`,
	'escape characters': length => '\u001B'.repeat(length),
	'beginnings of sequences': length => '\u001B['.repeat(length / 2),
	'a sequence without an end': length => `\u001B[${'1;'.repeat(length / 2)}`,
	'beginnings of control strings': length => '\u001B]0;x'.repeat(length / 5),
	'8-bit beginnings of control strings': length => '\u0090'.repeat(length),
	'8-bit beginnings of sequences': length => '\u009B1'.repeat(length / 2),
	'controls with a letter behind': length => `x${'\u0001'.repeat(length)}x`,
	marks: length => '\u0301'.repeat(length),
	'wide characters': length => '漢'.repeat(length),
	'joined emoji': length => '👩‍'.repeat(length / 3),
	'regional indicators': length => '🇩'.repeat(length / 2),
	'lone surrogates': length => '\uD800'.repeat(length),
	backticks: length => '`'.repeat(length),
	'backticks apart': length => '` '.repeat(length / 2),
	words: length => 'a '.repeat(length / 2),
	'opening brackets': length => '['.repeat(length),
	'opening brackets apart': length => '[ '.repeat(length / 2),
	'opening braces': length => '{ '.repeat(length / 2),
};

describe.each(Object.entries(hard))('%s take time in proportion to their length', (_, text) => {
	test.each<[string, (input: string) => unknown, number]>([
		['sanitize', sanitize, 2000],
		['sanitize to a width', input => sanitize(input, {columns: 80}), 2000],
		['escapeHarmful', escapeHarmful, 2000],
		['Markdown', escapeMarkdown, 2000],
		['CSV', input => csvLine([input]), 2000],
		['cells', parseCells, 2000],
		['a picture', input => picture([input], {columns: 80, rows: 1}), 2000],
		['wrapping', input => wrap(input, 70), 2000],
		['keys', input => new KeyReader().feed(input), 2000],
		['the start of JSON', jsonStart, 2000],
		['a paste', input => new KeyReader().feed(`\u001B[200~${input}\u001B[201~`), 2000],
	])('%s', (_, run, start) => {
		expect(growthOf(length => () => run(text(length)), start, mostGrowth)).toBeLessThan(mostGrowth);
	});
});

/** Lines of any length that look like those of a format, and are none or hardly any. */
const hardLines: Readonly<Record<string, (length: number) => string>> = {
	'an event of blanks': length => `${event}${' '.repeat(length)}`,
	'an event of pairs': length => `${event}${'a=b '.repeat(length / 4)}`,
	'an event of digits': length => `${event}(${'1'.repeat(length)} tokens)`,
	'a usage of colons': length => `${stamp} [info     ] 💰 Usage type: EXACT - ${'prompt=1, '.repeat(length / 10)}`,
	'a dictionary of quotes': length =>
		`${stamp} [info     ] 💰 [ResponseProcessor] Usage data for billing: {${"'".repeat(length)}`,
	'deep arrays': length => `{"type":"assistant","usage":${'['.repeat(length)}${']'.repeat(length)}}`,
	'deep arrays without an end': length => `{"type":"assistant","message":{"usage":${'['.repeat(length)}`,
	'deep objects': length => `${'{"usage":'.repeat(length / 10)}1${'}'.repeat(length / 10)}`,
	'deep objects of every name': length =>
		`${'{"message":{"response":{"data":'.repeat(length / 34)}1${'}}}'.repeat(length / 34)}`,
	'many usages': length => `{"timestamp":"${stamp}","usage":[${'{"input_tokens":1},'.repeat(length / 19)}0]}`,
	'many keys': length =>
		`{"type":"assistant",${Array.from({length: length / 12}, (_, index) => `"k${index}":1`).join(',')},"usage":{"input_tokens":1}}`,
	'one key again and again': length => `{"type":"assistant",${'"usage":{"input_tokens":1},'.repeat(length / 26)}"a":1}`,
	'a long text': length => `{"type":"assistant","text":"${'x'.repeat(length)}","usage":{"input_tokens":1}}`,
	'a text of escapes': length => `{"type":"assistant","text":"${'\\"'.repeat(length / 2)}","usage":{"input_tokens":1}}`,
	'a text without an end': length => `{"type":"assistant","usage":"${'\\"'.repeat(length / 2)}`,
	'quoted usages': length => `{"text":"${'\\"usage\\": {\\"input_tokens\\": '.repeat(length / 32)}"}`,
	'envelopes in envelopes': length =>
		Array.from({length: 4}).reduce<string>(inner => JSON.stringify({log: inner}), `{"usage":"${'x'.repeat(length)}"}`),
	'levels before an object': length => `${'INFO '.repeat(length / 5)}{"usage":1}`,
	'blanks before an object': length => `INFO usage ${' '.repeat(length)}{"usage":1}`,
	colours: length => `${'\u001B[32m'.repeat(length / 5)}🔥 Block 1: Cached system prompt (5 tokens)`,
	NULs: length => `${'\0'.repeat(length)}{"usage":{"input_tokens":1}}`,
};

const readAs = (format: Format, line: string) => {
	const bytes = Buffer.from(`${line}\n`);
	return () => {
		format.recognise(bytes);
		format.open(formatContext()).lines(bytes, true);
	};
};

describe.each(formats.map(format => [format.name, format] as const))(
	'lines take %s time in proportion to their length',
	(_, format) => {
		test.each(Object.entries(hardLines))('%s', (_, line) => {
			expect(growthOf(length => readAs(format, line(length)), 15_000, mostGrowth)).toBeLessThan(mostGrowth);
		});
	},
);

/** Lines of 300 bytes and less: a pattern's worst within its bounds, over and over. */
const short: Readonly<Record<string, string>> = {
	...Object.fromEntries(Object.entries(hardLines).map(([name, line]) => [name, line(240)])),
	'levels before a quote': `${'INFO '.repeat(40)}"{"usage":1}`,
	'a prefix of dots': `${'web.'.repeat(60)} {"usage":1}`,
	'a prefix of bars': `${'web-1 |'.repeat(30)}{"usage":1}`,
	'a prefix of stamps': `${`${stamp} `.repeat(9)}{"usage":1}`,
};

/** Decoding, cutting into lines, and reading those as JSON that are: what a plain program does that looks at a log. */
const scan = (bytes: Buffer) => () =>
	bytes
		.toString()
		.split('\n')
		.map(line => {
			try {
				return JSON.parse(line);
			} catch {
				return undefined;
			}
		});

describe.each(formats.map(format => [format.name, format] as const))('%s reads at the pace of a scan', (_, format) => {
	const most = 50;

	test.each(Object.entries(short))('%s', (_, line) => {
		const bytes = Buffer.from(`${line}\n`.repeat(1000));
		const read = readAs(format, bytes.toString().slice(0, -1));
		expect(ratioOf(read, scan(bytes), most)).toBeLessThan(most);
	});

	test('mutated lines', () => {
		const random = createRandom(7);
		const bytes = Buffer.concat(shapes.map(({lines}) => mutated(lines.slice(0, 200), random, 0.2)));
		const read = readAs(format, bytes.toString());
		expect(ratioOf(read, scan(bytes), most)).toBeLessThan(most);
	});
});
