import {appendFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {gzipSync} from 'node:zlib';
import {describe, expect, test} from 'vitest';
import {formats} from '../../source/formats/table.js';
import {Ingest} from '../../source/ingest/ingest.js';
import {priceList} from '../../source/metrics/money/pricing.js';
import {FileSource} from '../../source/sources/file/file-source.js';
import type {Position} from '../../source/sources/file/position.js';
import {readCursor} from '../../source/store/cursor.js';
import {MemoryStore} from '../../source/store/memory/memory-store.js';
import {utc} from '../../source/time/stamp.js';
import {temporaryFolder} from '../sources/collect.js';
import {allOf} from '../support/recount.js';

const answer = (id: number): string =>
	JSON.stringify({
		parentUuid: null,
		sessionId: 's',
		cwd: '/home/ada/shop',
		gitBranch: 'feature/cache',
		type: 'assistant',
		uuid: `u${id}`,
		timestamp: new Date(Date.UTC(2026, 4, 4, 9, 0, id)).toISOString(),
		message: {id: `msg_${id}`, model: 'claude-sonnet-4-5', role: 'assistant', usage: {input_tokens: 10 + id}},
	});
const note = (length: number): string => JSON.stringify({type: 'summary', leafUuid: 'x', summary: 'é'.repeat(length)});

/** Lines of any kind, and answers among them. */
const lines = (from: number): readonly string[] => [
	note(3),
	answer(from),
	answer(from + 1),
	'',
	'no JSON at all',
	note(700_000),
	answer(from + 2),
	note(700_000),
	`\0\0\0${answer(from + 3)}`,
	note(1),
	answer(from + 4),
];
const textOf = (all: readonly string[]): string => all.map(line => `${line}\n`).join('');

/** Where each answer stands, by its id, from 1. */
const places = (all: readonly string[]): Readonly<Record<string, number>> =>
	Object.fromEntries(
		all.flatMap((line, index) => [...line.matchAll(/"msg_(\d+)"/g)].map(([, id]) => [`msg_${id}`, index + 1])),
	);

/** Reads a file as one process after the other does, with what the one before left. */
const reader = (name: string) => {
	const path = join(temporaryFolder(), name);
	const store = new MemoryStore(priceList());
	let left: Position | undefined;
	const read = async (resume = left) => {
		const source = new FileSource({id: path, name}, path, {resume});
		const ingest = new Ingest(store, {
			formats,
			now: Date.now,
			localTime: utc,
			promptTokens: undefined,
			onChange: () => {},
			positionOf: log => source.positionOf(log),
		});
		await ingest.read([source]);
		left = readCursor(store.cursor(path))?.position as Position | undefined;
	};
	const found = () => Object.fromEntries(allOf(store).map(({id, line}) => [/msg_\d+/.exec(id)?.[0], line]));
	return {path, read, found, requests: () => allOf(store), left: () => left as Position};
};

describe('a request bears the number of its line', () => {
	test.each([
		['as it is written', 'a.jsonl', (text: string) => text],
		['compressed', 'a.jsonl.gz', gzipSync],
		['compressed, without an end to its last line', 'a.jsonl.gz', (text: string) => gzipSync(text.slice(0, -1))],
		['in UTF-16', 'a.jsonl', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')],
	])('%s', async (_, name, written) => {
		const {path, read, found} = reader(name);
		const all =
			name.endsWith('.gz') || written('a').length > 1 ? lines(1).map(line => line.replaceAll('\0', '')) : lines(1);
		writeFileSync(path, written(textOf(all)));
		await read();
		expect(found()).toEqual(places(all));
	});

	test('also when another process reads on, and when a line was too long to be kept', async () => {
		const {path, read, found, requests} = reader('a.jsonl');
		const [first, second, third] = [lines(1), [note(17 << 20), ...lines(11)], lines(21)];
		writeFileSync(path, textOf(first));
		await read();
		appendFileSync(path, textOf(second));
		await read();
		appendFileSync(path, textOf(third).slice(0, -1));
		await read();
		appendFileSync(path, `\n${answer(31)}\n`);
		await read();
		expect(found()).toEqual(places([...first, ...second, ...third, answer(31)]));
		expect(new Set(requests().map(({branch}) => branch))).toEqual(new Set(['feature/cache']));
	});

	test('and none where it is not known how many came before', async () => {
		const {path, read, found, left} = reader('a.jsonl');
		writeFileSync(path, textOf([answer(1)]));
		await read();
		appendFileSync(path, textOf([answer(2)]));
		await read({...left(), lines: undefined});
		expect(found()).toEqual({msg_1: 1, msg_2: undefined});
	});

	test('from 1 again in a file that was rewritten', async () => {
		const {path, read, found} = reader('a.jsonl');
		writeFileSync(path, textOf(lines(1)));
		await read();
		writeFileSync(path, textOf([note(1), answer(9)]));
		await read();
		expect(found()).toMatchObject({msg_9: 2});
	});
});
