import fc from 'fast-check';
import {expect, test} from 'vitest';
import {eachBackendLine} from '../../../source/formats/backends/nominate.js';
import {usageNeedles} from '../../../source/formats/usage/shapes/needles.js';
import {type Scanner, scanner} from '../../../source/scanner/scanner.js';
import {runs} from '../../support/runs.js';

/** The lines that are handed over; after those that hold `more` the next one is wanted as well. */
const handed = (text: string, wanted: boolean, line: Scanner | null): readonly string[] => {
	const bytes = Buffer.from(text);
	const lines: string[] = [];
	const take = (start: number, end: number) => {
		lines.push(`${start}: ${bytes.toString('utf8', start, end)}`);
		return lines.at(-1)?.includes('more') === true;
	};
	eachBackendLine(bytes, wanted, line, {take});
	return lines;
};

const piece = fc.constantFrom(
	'{"event": "',
	'{"event": "CACHE HIT: 5/6 tokens',
	'2026-11-01T08:15:30.123456Z [info     ] ',
	'\u001B[2m2026-11-01T08:15:30Z\u001B[0m [\u001B[32m\u001B[1minfo     \u001B[0m] \u001B[1m',
	'\u001B[1m2026-11-01T08:15:30Z\u001B[0m [\u001B[32m\u001B[1minfo     \u001B[0m] \u001B[1m',
	'Block 1: Cached tools (5 tokens)',
	'\\ud83d\\udd25',
	'🔥 ',
	'INFO:     ',
	'[2026-11-01] ',
	'  ',
	'\t',
	'\0',
	'worker-1  | ',
	'CACHE',
	'prompt_tokens=5, cached_tokens=4',
	'"input_tokens": 5, "cache_read_input_tokens": 4',
	'STORED USAGE: ',
	'RAW USAGE OBJECT: ',
	'ken',
	'tok',
	' tokens)',
	'tokens": {"a": 1}',
	"'tokens'\u000b= (",
	'tokens\u00a0: [',
	'tokens in',
	'tokenUsage={',
	'token_counts: [',
	'Token',
	'n_',
	'message_delta',
	'sage_details',
	'Array',
	'Object',
	'\r',
	'{',
	'[',
	'(',
	'{#12',
	'#7',
	' …2',
	'{\\n"',
	'(\\n"',
	'\\n"',
	'\r',
	'more',
	'\n',
	'\n\n',
	'x'.repeat(70),
);

/** What each of the needles finds; the one with a choice, in a few of its forms. */
const told = usageNeedles()
	.flatMap(needle => (/^[\w-]+$/.test(needle) ? needle : ['okens\\\\": {', 'oken-usage = (', 'okenCounts: object [']))
	.concat('cache_metrics', 'message_delta');

test('one needle has a choice', () => {
	expect(usageNeedles().filter(needle => !/^[\w-]+$/.test(needle))).toHaveLength(1);
});

test.each(told)('the scanner does not rule out an event of the logger with %s', name => {
	for (const place of [0, 1, 13, 14, 15, 16, 17, 60]) {
		const line = `{"event": "done with 5 tokens${'.'.repeat(place)} ${name}"}`;
		expect(handed(`${line}\n`, false, scanner() as Scanner)).toEqual([`0: ${line}`]);
	}
});

test('the scanner hands over the lines that are looked for without it', () => {
	const log = fc.array(piece, {maxLength: 60}).map(pieces => pieces.join(''));
	fc.assert(
		fc.property(log, fc.boolean(), (text, wanted) => {
			expect(handed(text, wanted, scanner() as Scanner)).toEqual(handed(text, wanted, null));
		}),
		{numRuns: runs(3000)},
	);
});
