import {appendFileSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {Readable} from 'node:stream';
import {gzipSync} from 'node:zlib';
import {describe, expect, test} from 'vitest';
import {StreamSource} from '../../../../source/sources/stream/stream-source.js';
import {until} from '../../../support/until.js';
import {type Collected, fileSource, followed, readAll, temporaryFolder} from '../../collect.js';

/** Characters whose bytes are newlines in the other byte order or zeros, and one of two units. */
const line = (index: number) => `line ${index} \u0a0a\u0a00\u0a0d\u0d0a Ċ 🔥\n`;
const lines = (first: number, count: number) => Array.from({length: count}, (_, index) => line(first + index)).join('');

const little = (text: string) => Buffer.from(text, 'utf16le');
const big = (text: string) => Buffer.from(text, 'utf16le').swap16();

/** What was collected, as text. */
const textOf = (log: Collected) => Buffer.from(log.text, 'latin1').toString();

describe.each([
	['little-endian', little],
	['big-endian', big],
])('UTF-16 with a mark, %s', (_order, encode) => {
	test('is read, also longer than what is read at a time', async () => {
		const path = join(temporaryFolder(), 'worker.log');
		const text = lines(1, 60_000);
		writeFileSync(path, encode(`\ufeff${text}`));
		const read = await readAll(fileSource(path));
		expect(textOf(read) === text).toBe(true);
		expect(read.problems).toEqual([]);
		expect(read.facts.at(-1)).toMatchObject({lines: 60_000});
	});

	test('is followed: half a character, half a line, a rotation', async () => {
		const path = join(temporaryFolder(), 'worker.log');
		writeFileSync(path, encode(`\ufeff${lines(1, 2)}`));
		const log = await followed(fileSource(path));
		const next = encode(lines(3, 2));
		for (let at = 0; at < next.length; at += 7) {
			appendFileSync(path, next.subarray(at, at + 7));
		}

		await until(() => expect(textOf(log)).toBe(lines(1, 4)));
		renameSync(path, `${path}.1`);
		writeFileSync(path, encode(`\ufeff${lines(5, 2)}`));
		await until(() => expect(textOf(log)).toBe(lines(1, 6)));
		expect(log.problems).toEqual([]);
	});

	test('a reading continues where the last one ended, even after the file was compressed', async () => {
		const path = join(temporaryFolder(), 'worker.log');
		writeFileSync(path, encode(`\ufeff${lines(1, 20)}`));
		const source = fileSource(path);
		await readAll(source);
		const resume = source.positionOf(path);
		appendFileSync(path, encode(lines(21, 2)));
		expect(textOf(await readAll(fileSource(path, {resume})))).toBe(lines(21, 2));
		writeFileSync(`${path}.1.gz`, gzipSync(encode(`\ufeff${lines(1, 23)}`)));
		rmSync(path);
		writeFileSync(path, encode(`\ufeff${lines(24, 1)}`));
		expect(textOf(await readAll(fileSource(path, {resume})))).toBe(lines(21, 4));
	});

	test('of a stream that is cut anywhere', async () => {
		const bytes = encode(`\ufeff${lines(1, 20)}last`);
		const parts = Array.from({length: bytes.length}, (_, at) => bytes.subarray(at, at + 1));
		const stream = new StreamSource({id: '-', name: 'stdin'}, () => Readable.from(parts));
		expect(textOf(await readAll(stream))).toBe(`${lines(1, 20)}last\n`);
	});
});

test('the mark of UTF-8 is no part of the first line, of files and of streams', async () => {
	const path = join(temporaryFolder(), 'worker.log');
	writeFileSync(path, '\ufeffa\nb\n');
	expect(textOf(await readAll(fileSource(path)))).toBe('a\nb\n');
	const stream = new StreamSource({id: '-', name: 'stdin'}, () => Readable.from([Buffer.from('\ufeffa\n')]));
	expect(textOf(await readAll(stream))).toBe('a\n');
	const single = new StreamSource({id: '-', name: 'stdin'}, () => Readable.from([Buffer.from('x')]));
	expect(textOf(await readAll(single))).toBe('x\n');
});
