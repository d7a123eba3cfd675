import fc from 'fast-check';
import {expect, test} from 'vitest';
import {eachBackendLine} from '../../../source/formats/backends/nominate.js';
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
	'ken',
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

test('the scanner hands over the lines that are looked for without it', () => {
	const log = fc.array(piece, {maxLength: 60}).map(pieces => pieces.join(''));
	fc.assert(
		fc.property(log, fc.boolean(), (text, wanted) => {
			expect(handed(text, wanted, scanner() as Scanner)).toEqual(handed(text, wanted, null));
		}),
		{numRuns: runs(3000)},
	);
});
