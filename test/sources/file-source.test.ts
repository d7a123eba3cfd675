import {
	appendFileSync,
	chmodSync,
	linkSync,
	mkdirSync,
	readFileSync,
	symlinkSync,
	truncateSync,
	writeFileSync,
} from 'node:fs';
import {join} from 'node:path';
import {gzipSync} from 'node:zlib';
import {expect, test} from 'vitest';
import {fileSource, numbered, readAll, temporaryFolder} from './collect.js';

const logWith = (content: string | Buffer, name = 'worker.log'): string => {
	const path = join(temporaryFolder(), name);
	writeFileSync(path, content);
	return path;
};

test('reads whole lines, byte for byte', async () => {
	const content = Buffer.from('a\r\n\xff\xfe broken \xc3 utf-8\n\n\x1b[32mgreen\x1b[0m\n', 'latin1');
	const read = await readAll(fileSource(logWith(content)));
	expect(read.text).toBe(content.toString('latin1'));
	expect(read.heads).toEqual([true]);
	expect(read.problems).toEqual([]);
});

test('gives facts at the end', async () => {
	const path = logWith(numbered(1, 3));
	const {facts} = await readAll(fileSource(path));
	expect(facts.at(-1)).toMatchObject({log: {id: path}, size: 21, read: 21, lines: 3});
	expect(facts.at(-1)?.modified).toBeGreaterThan(Date.now() - 60_000);
});

test('hands over an unfinished last line with a newline added', async () => {
	const read = await readAll(fileSource(logWith('a\nunfinished')));
	expect(read.text).toBe('a\nunfinished\n');
	expect(read.problems).toEqual([]);
});

test('an empty file is fine', async () => {
	const read = await readAll(fileSource(logWith('')));
	expect(read.texts).toEqual([]);
	expect(read.problems).toEqual([]);
	expect(read.facts.at(-1)).toMatchObject({size: 0, lines: 0});
});

test('reads many chunks in order, marking only the first as the head', async () => {
	const content = numbered(1, 300_000);
	const read = await readAll(fileSource(logWith(content)));
	expect(read.text === content).toBe(true);
	expect(read.heads).toEqual([true, ...read.heads.slice(1).map(() => false)]);
	expect(read.heads.length).toBeGreaterThan(2);
});

test('passes over a line of 20 MB and reads the next', async () => {
	const long = Buffer.alloc(20 << 20, 'x');
	const read = await readAll(fileSource(logWith(Buffer.concat([Buffer.from('a\n'), long, Buffer.from('\nb\n')]))));
	expect(read.text).toBe('a\nb\n');
	expect(read.problems).toMatchObject([{kind: 'line-too-long', count: 1}]);
});

test('reads a line of 3 MB whole', async () => {
	const content = `a\n${'x'.repeat(3 << 20)}\nb\n`;
	const read = await readAll(fileSource(logWith(content)));
	expect(read.text === content).toBe(true);
	expect(read.problems).toEqual([]);
});

test('refuses a binary file', async () => {
	const read = await readAll(fileSource(logWith(readFileSync(process.execPath).subarray(0, 200_000))));
	expect(read.texts).toEqual([]);
	expect(read.kinds).toEqual(['binary']);
});

test('names UTF-16', async () => {
	const read = await readAll(fileSource(logWith(Buffer.from('\ufeffhello\n', 'utf16le'))));
	expect(read.texts).toEqual([]);
	expect(read.problems).toMatchObject([{kind: 'binary', message: expect.stringContaining('UTF-16')}]);
});

test.each([10, 100_000, 3_000_000])('strips %d zero bytes that a truncation left at the start', async zeros => {
	const read = await readAll(fileSource(logWith(Buffer.concat([Buffer.alloc(zeros), Buffer.from('a\nb\n')]))));
	expect(read.text).toBe('a\nb\n');
	expect(read.problems).toEqual([]);
});

test('decompresses gzip, whatever its name, and adds the last newline', async () => {
	const content = `${numbered(1, 200_000)}unfinished`;
	const compressed = gzipSync(content);
	const read = await readAll(fileSource(logWith(compressed, 'worker.log.1')));
	expect(read.text === `${content}\n`).toBe(true);
	expect(read.heads[0]).toBe(true);
	expect(read.facts.at(-1)).toMatchObject({size: compressed.length, lines: 200_001, read: content.length + 1});
});

test('decompresses gzip of several members', async () => {
	const read = await readAll(fileSource(logWith(Buffer.concat([gzipSync('a\n'), gzipSync('b\n')]))));
	expect(read.text).toBe('a\nb\n');
});

test('gives what can be read of a truncated gzip, and says so', async () => {
	const content = numbered(1, 100_000);
	const path = logWith(gzipSync(content), 'worker.log.2.gz');
	truncateSync(path, readFileSync(path).length - 1000);
	const read = await readAll(fileSource(path));
	expect(read.text.length).toBeGreaterThan(content.length * 0.9);
	expect(content.startsWith(read.text.slice(0, -20))).toBe(true);
	expect(read.problems).toMatchObject([{kind: 'unreadable', message: expect.stringContaining('cut off')}]);
});

test('gives what can be read of a damaged gzip, and says so', async () => {
	const compressed = gzipSync(Buffer.from(Array.from({length: 90_000}, () => Math.random().toString(36)).join('\n')));
	compressed.fill(0xff, 400_000, 400_100);
	const read = await readAll(fileSource(logWith(compressed, 'worker.log.2.gz')));
	expect(read.text.length).toBeGreaterThan(300_000);
	expect(read.kinds).toEqual(['unreadable']);
});

test('a missing file is a problem', async () => {
	const path = join(temporaryFolder(), 'none.log');
	const read = await readAll(fileSource(path));
	expect(read.problems).toMatchObject([{kind: 'missing', name: path, count: 1}]);
});

test('a folder at the path is a problem', async () => {
	const path = join(temporaryFolder(), 'folder.log');
	mkdirSync(path);
	const read = await readAll(fileSource(path));
	expect(read.kinds).toEqual(['unreadable']);
});

test.skipIf(process.getuid?.() === 0)('a file that may not be read is a problem', async () => {
	const path = logWith('a\n');
	chmodSync(path, 0);
	const read = await readAll(fileSource(path));
	expect(read.problems).toMatchObject([{kind: 'unreadable', message: expect.stringContaining('permissions')}]);
});

test('does not read what was rotated before', async () => {
	const path = logWith('new\n');
	writeFileSync(`${path}.1`, 'old\n');
	const read = await readAll(fileSource(path));
	expect(read.text).toBe('new\n');
});

test('resumes from a stored position', async () => {
	const path = logWith(numbered(1, 10));
	const source = fileSource(path);
	await readAll(source);
	appendFileSync(path, numbered(11, 2));
	const resumed = await readAll(fileSource(path, {resume: JSON.parse(JSON.stringify(source.position))}));
	expect(resumed.text).toBe(numbered(11, 2));
	expect(resumed.heads).toEqual([false]);
});

test('an unfinished line that was read is read again once it is completed', async () => {
	const path = logWith('a\nb');
	const source = fileSource(path);
	expect((await readAll(source)).text).toBe('a\nb\n');
	appendFileSync(path, 'c\n');
	expect((await readAll(fileSource(path, {resume: source.position}))).text).toBe('bc\n');
});

test('a position that the log does not hold any more begins anew', async () => {
	const path = logWith(numbered(1, 3));
	const source = fileSource(path);
	await readAll(source);
	writeFileSync(path, numbered(4, 3));
	expect((await readAll(fileSource(path, {resume: source.position}))).text).toBe(numbered(4, 3));
});

test.each(['plain', 'gzip'])('resumes in a rotated file (%s), and reads what came after it', async form => {
	const path = logWith(numbered(1, 10));
	const source = fileSource(path);
	await readAll(source);
	const content = numbered(1, 15);
	writeFileSync(`${path}.3`, numbered(-100, 5));
	writeFileSync(form === 'gzip' ? `${path}.2.gz` : `${path}.2`, form === 'gzip' ? gzipSync(content) : content);
	writeFileSync(`${path}.1`, numbered(16, 5));
	writeFileSync(path, numbered(21, 5));
	const resumed = await readAll(fileSource(path, {resume: source.position}));
	expect(resumed.text).toBe(numbered(11, 15));
});

test('a gzip that was read is not read again', async () => {
	const path = logWith(gzipSync(numbered(1, 10)), 'worker.log.1.gz');
	const source = fileSource(path);
	await readAll(source);
	expect((await readAll(fileSource(path, {resume: source.position}))).text).toBe('');
});

test('reads through links', async () => {
	const path = logWith('a\n');
	symlinkSync(path, `${path}.link`);
	linkSync(path, `${path}.hard`);
	expect((await readAll(fileSource(`${path}.link`))).text).toBe('a\n');
	expect((await readAll(fileSource(`${path}.hard`))).text).toBe('a\n');
});
