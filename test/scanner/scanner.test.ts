import {describe, expect, test} from 'vitest';
import {createRandom} from '../../source/demo/random.js';
import {scanTable} from '../../source/formats/backends/agentpress/bytes/wordings.js';
import {BackendSession} from '../../source/formats/backends/backend-session.js';
import {type LineKind, type Scanner, scanner} from '../../source/scanner/scanner.js';
import {readLog} from '../formats/backends/agentpress/read-log.js';
import {renderings, simulatedLines} from '../formats/backends/agentpress/simulate.js';
import {generationNames} from '../simulated/generations.js';
import {wrappers} from '../simulated/wrap.js';
import {tried} from '../support/runs.js';

const lines = scanner() as Scanner;

const json = (event: string, thread: string): string =>
	`{"event": "${event}", "level": "info", "thread_id": "${thread}", "timestamp": "2026-11-01T08:15:30.123456Z"}`;

const scan = (text: string) => {
	const found: {kind: LineKind; text: string; thread: string | undefined}[] = [];
	const bytes = Buffer.from(text);
	lines.scan(bytes, scanTable, (kind, start, end) => {
		found.push({kind, text: bytes.toString('utf8', start, end), thread: kind === 'read' ? lines.thread : undefined});
	});
	return found;
};

describe('lines are found', () => {
	test('of any length, at any place, with or without a last newline', () => {
		const random = createRandom(3);
		const all = Array.from({length: 3000}, (_, number) =>
			random.chance(0.3)
				? json(`CACHE WRITE: ${number} tokens stored for future use`, `thread-${number % 50}`)
				: `INFO:${'-'.repeat(random.integer(0, 200))}`,
		);
		const wanted = all.filter(line => line.startsWith('{'));
		for (const text of [all.join('\n'), `${all.join('\n')}\n`]) {
			const found = scan(text);
			expect(found.map(line => line.text)).toEqual(wanted);
			expect(found.every(({kind}) => kind === 'read')).toBe(true);
			expect(found.map(({thread}) => `"thread_id": "${thread}"`)).toEqual(
				wanted.map(line => /"thread_id": "[^"]+"/.exec(line)?.[0]),
			);
		}
	});

	test('however many there are, and in more bytes than the module holds', () => {
		const text = `${json('NO CACHE: All 5 tokens processed fresh', 'a')}\n`.repeat(20_000);
		expect(text.length).toBeGreaterThan(lines.buffer.length);
		expect(scan(text)).toHaveLength(20_000);
		// Each of these may be of another writer: far more than one scan has room for.
		expect(scan('1\n'.repeat(30_000))).toHaveLength(30_000);
	});

	test('around one that is longer than the module holds', () => {
		const line = json('NO CACHE: All 5 tokens processed fresh', 'a');
		const long = 'x'.repeat(lines.buffer.length * 2 + 7);
		const found = scan(`${line}\n${long}\n${line}\n`).map(({kind, text}) => ({kind, length: text.length}));
		expect(found).toEqual([
			{kind: 'read', length: line.length},
			{kind: 'long', length: long.length},
			{kind: 'read', length: line.length},
		]);
	});
});

test('what a line holds is seen wherever it stands', () => {
	const wanted: string[] = [];
	const found: string[] = [];
	for (let before = 0; before < 140; before++) {
		const dashes = '-'.repeat(before);
		const texts = [`INFO:${dashes}ken-`, `INFO:${dashes}{\\n"-`, `INFO:${dashes}ke-n k{\\n-"\\-n"`];
		wanted.push(`${texts[0]} needle`, `${texts[1]} open`);
		const bytes = Buffer.from(`${texts.join('\n')}\n`);
		lines.scan(bytes, scanTable, (_kind, start, end) => {
			const hints = [lines.holdsNeedle ? 'needle' : '', lines.isOpen ? 'open' : ''];
			found.push(`${bytes.toString('latin1', start, end)} ${hints.join('')}`);
		});
	}
	expect(found).toEqual(wanted);
});

test.each([
	'\\ud83d\\udcca Processing 3 messages (500 tokens)',
	'one token of 6 tokens, and a broken demetre',
	'\\ud83d\\udd0d RAW USAGE OBJECT: Usage(prompt_tokens=5)',
	'[BatchWriter] prompt_tokens=5',
])('an event without usage, or with usage that another repeats, is passed over: %s', event => {
	expect(scan(json(event, 'a'))).toEqual([]);
});

test('names stay right when there are more than are remembered', () => {
	for (let round = 0; round < 6; round++) {
		const names = Array.from({length: 9000}, (_, number) => `thread-${round}-${number}`);
		const found = scan(names.map(name => json('NO CACHE: All 5 tokens processed fresh', name)).join('\n'));
		const read = found.filter(({kind}) => kind === 'read');
		expect(found).toHaveLength(names.length);
		expect(read.length).toBeGreaterThan(0);
		expect(read.every(({text, thread}) => text.includes(`"${thread}"`))).toBe(true);
	}
});

test.each([0, 1, 63, 64, 65, 4096, (1 << 20) + 9])('counts the newlines of %d bytes', length => {
	const bytes = Buffer.alloc(length, 'ab\ncdefg\n\nh');
	expect(lines.countLines(bytes)).toBe(bytes.toString().split('\n').length - 1);
});

describe.each(generationNames)('generation %s', generation => {
	test.each(renderings)('%s: what the scanner reads is what decoding every line reads', rendering => {
		const turn = generationNames.indexOf(generation) + renderings.indexOf(rendering);
		for (const wrapper of [undefined, ...tried(wrappers, turn)]) {
			const log = `${simulatedLines(generation, rendering, wrapper === undefined ? {} : {wrapper}).join('\n')}\n`;
			const decoded = readLog(log, {}, 4096, context => new BackendSession(context, undefined, null));
			expect(readLog(log), wrapper ?? 'bare').toEqual(decoded);
			expect(decoded.requests.length, wrapper ?? 'bare').toBeGreaterThan(0);
		}
	});
});
