import {
	appendFileSync,
	chmodSync,
	linkSync,
	mkdirSync,
	readFileSync,
	renameSync,
	rmSync,
	symlinkSync,
	truncateSync,
	utimesSync,
	writeFileSync,
} from 'node:fs';
import {join} from 'node:path';
import {gzipSync} from 'node:zlib';
import {expect, test} from 'vitest';
import type {FileSource} from '../../../source/sources/file/file-source.js';
import type {Position} from '../../../source/sources/file/position.js';
import {until} from '../../support/until.js';
import {Collected, fileSource, followed, numbered, readAll, temporaryFolder} from '../collect.js';

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

/** A log of 20 lines with its history, oldest first: a compressed file, a plain one, the log. */
const logWithHistory = (): string => {
	const path = logWith(numbered(11, 10));
	writeFileSync(`${path}.2.gz`, gzipSync(numbered(1, 5)));
	writeFileSync(`${path}.1`, numbered(6, 5));
	utimesSync(`${path}.2.gz`, 1000, 1000);
	utimesSync(`${path}.1`, 2000, 2000);
	return path;
};

test('reads what was rotated before first, as one log', async () => {
	const path = logWithHistory();
	const read = await readAll(fileSource(path));
	expect(read.text).toBe(numbered(1, 20));
	expect(new Set(read.facts.map(({log}) => log.id))).toEqual(new Set([path]));
	expect(read.problems).toEqual([]);
	expect((await readAll(fileSource(path, {history: false}))).text).toBe(numbered(11, 10));
});

test('reads the rotated files of a log that is not there', async () => {
	const path = logWithHistory();
	rmSync(path);
	const read = await readAll(fileSource(path));
	expect(read.text).toBe(numbered(1, 10));
	expect(read.problems).toEqual([]);
});

test.each(['plain', 'gzip', 'both'])('reads an existing copy (%s) once', async form => {
	const content = numbered(1, 100);
	const path = logWith(content + numbered(101, 5));
	if (form !== 'gzip') {
		writeFileSync(`${path}.1`, content);
	}

	if (form !== 'plain') {
		writeFileSync(`${path}.1.gz`, gzipSync(content));
	}

	expect((await readAll(fileSource(path))).text).toBe(numbered(1, 105));
	writeFileSync(path, numbered(101, 5));
	expect((await readAll(fileSource(path))).text).toBe(numbered(1, 105));
});

test('rotated files that are copies of each other under other names are read once', async () => {
	const path = logWith(numbered(101, 1));
	writeFileSync(`${path}.1`, numbered(1, 100));
	writeFileSync(`${path}.2.gz`, gzipSync(numbered(1, 100)));
	writeFileSync(`${path}-20251020`, numbered(1, 100));
	expect((await readAll(fileSource(path))).text).toBe(numbered(1, 101));
});

test('a damaged rotated file is a problem of its own, and the rest is read', async () => {
	const path = logWithHistory();
	truncateSync(`${path}.2.gz`, readFileSync(`${path}.2.gz`).length - 6);
	utimesSync(`${path}.2.gz`, 1000, 1000);
	writeFileSync(`${path}.3`, readFileSync(process.execPath).subarray(0, 50_000));
	const read = await readAll(fileSource(path));
	expect(read.text.endsWith(numbered(6, 15))).toBe(true);
	expect(read.problems.map(({kind, name}) => [kind, name]).sort()).toEqual([
		['binary', `${path}.3`],
		['unreadable', `${path}.2.gz`],
	]);
});

/** A sink that is killed after so many pieces, and the position at that moment, as it would be stored. */
const killedAfter = async (source: FileSource, pieces: number): Promise<{text: string; position: Position}> => {
	const collected = new Collected();
	let position: Position | undefined;
	await source.read({
		lines: (log, bytes, head) => {
			if (collected.texts.length < pieces) {
				collected.lines(log, bytes, head);
				position = JSON.parse(JSON.stringify(source.positionOf(log.id)));
			}
		},
		caughtUp: () => undefined,
		problem: () => undefined,
	});
	return {text: collected.text, position: position as Position};
};

test('continues wherever it was killed: in compressed history, in plain history, in the log', async () => {
	const path = logWith(numbered(600_001, 200_000));
	writeFileSync(`${path}.2.gz`, gzipSync(numbered(1, 300_000)));
	writeFileSync(`${path}.1`, numbered(300_001, 300_000));
	utimesSync(`${path}.2.gz`, 1000, 1000);
	const all = numbered(1, 800_000);
	for (let pieces = 1; ; pieces += 5) {
		const {text, position} = await killedAfter(fileSource(path), pieces);
		const rest = await readAll(fileSource(path, {resume: position}));
		expect(text + rest.text === all).toBe(true);
		if (text === all) {
			expect(pieces).toBeGreaterThan(20);
			break;
		}
	}
});

test('continues in a file that was rotated away and is still written to, and in its successor', async () => {
	const path = logWith(numbered(1, 3));
	const source = fileSource(path);
	const log = await followed(source);
	renameSync(path, `${path}.1`);
	writeFileSync(path, numbered(4, 2));
	await until(() => expect(log.text).toBe(numbered(1, 5)));
	const position = JSON.parse(JSON.stringify(source.positionOf(path)));
	await log.stop();
	appendFileSync(`${path}.1`, 'late\n');
	appendFileSync(path, numbered(6, 1));
	renameSync(`${path}.1`, `${path}.2`);
	renameSync(path, `${path}.1`);
	writeFileSync(path, numbered(7, 1));
	const rest = (await readAll(fileSource(path, {resume: position}))).text;
	expect(rest.split('\n').sort()).toEqual(`late\n${numbered(6, 2)}`.split('\n').sort());
});

test('what came after a copy that was taken too early is read, and nothing before it', async () => {
	const path = logWith(numbered(1, 300));
	const source = fileSource(path);
	await readAll(source);
	writeFileSync(`${path}.1`, numbered(1, 290));
	writeFileSync(path, numbered(301, 5));
	expect((await readAll(fileSource(path, {resume: source.positionOf(path)}))).text).toBe(numbered(301, 5));
});

test('where the file of the position is lost, all that is there is read', async () => {
	const path = logWith(numbered(1, 5));
	const source = fileSource(path);
	await readAll(source);
	writeFileSync(`${path}.1`, numbered(6, 5));
	writeFileSync(path, numbered(11, 5));
	expect((await readAll(fileSource(path, {resume: source.positionOf(path)}))).text).toBe(numbered(6, 10));
});

test('reports its progress in stored bytes, without what is spared', async () => {
	const path = logWith(numbered(1, 200_000));
	writeFileSync(`${path}.1.gz`, gzipSync(numbered(-200_000, 200_000)));
	utimesSync(`${path}.1.gz`, 1000, 1000);
	const total = readFileSync(path).length + readFileSync(`${path}.1.gz`).length;
	const source = fileSource(path);
	expect(source.progress).toMatchObject({done: 0, total});
	const done: number[] = [];
	await source.read({
		lines: () => void done.push(source.progress.done),
		caughtUp: () => expect(source.progress).toEqual({done: total, total, behind: 0}),
		problem: () => undefined,
	});
	expect(source.progress).toEqual({done: total, total, behind: 0});
	expect(done).toEqual([...done].sort((one, other) => one - other));
	expect(done.filter(bytes => bytes > 0 && bytes < total).length).toBeGreaterThan(2);
	appendFileSync(path, 'more\n');
	const resumed = fileSource(path, {resume: source.positionOf(path)});
	expect(resumed.progress).toMatchObject({done: 0, total: 5});
	await readAll(resumed);
	expect(resumed.progress).toEqual({done: 5, total: 5, behind: 0});
});

test('the lines at the end, before a long history is read', async () => {
	const path = logWith(numbered(1001, 10));
	writeFileSync(`${path}.1`, numbered(1, 1000));
	utimesSync(`${path}.1`, 1000, 1000);
	const recent = await fileSource(path).recent(1000);
	const text = recent.map(({bytes}) => bytes.toString()).join('');
	expect(text.length).toBeGreaterThan(900);
	expect(text.length).toBeLessThanOrEqual(1000);
	expect(text.startsWith('line ')).toBe(true);
	expect(numbered(1, 1010).endsWith(text)).toBe(true);
	expect(recent.at(-1)?.log).toEqual({id: path, name: path});
	expect(await fileSource(path).recent(4000)).toEqual([]);
});

test('resumes from a stored position', async () => {
	const path = logWith(numbered(1, 10));
	const source = fileSource(path);
	await readAll(source);
	appendFileSync(path, numbered(11, 2));
	const resumed = await readAll(fileSource(path, {resume: JSON.parse(JSON.stringify(source.positionOf(path)))}));
	expect(resumed.text).toBe(numbered(11, 2));
	expect(resumed.heads).toEqual([false]);
});

test('an unfinished line that was read is read again once it is completed', async () => {
	const path = logWith('a\nb');
	const source = fileSource(path);
	expect((await readAll(source)).text).toBe('a\nb\n');
	appendFileSync(path, 'c\n');
	expect((await readAll(fileSource(path, {resume: source.positionOf(path)}))).text).toBe('bc\n');
});

test('a position that is not in the log any more starts over', async () => {
	const path = logWith(numbered(1, 3));
	const source = fileSource(path);
	await readAll(source);
	writeFileSync(path, numbered(4, 3));
	expect((await readAll(fileSource(path, {resume: source.positionOf(path)}))).text).toBe(numbered(4, 3));
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
	const resumed = await readAll(fileSource(path, {resume: source.positionOf(path)}));
	expect(resumed.text).toBe(numbered(11, 15));
});

test('a gzip that was read is not read again', async () => {
	const path = logWith(gzipSync(numbered(1, 10)), 'worker.log.1.gz');
	const source = fileSource(path);
	await readAll(source);
	expect((await readAll(fileSource(path, {resume: source.positionOf(path)}))).text).toBe('');
});

test('reads through links', async () => {
	const path = logWith('a\n');
	symlinkSync(path, `${path}.link`);
	linkSync(path, `${path}.hard`);
	expect((await readAll(fileSource(`${path}.link`))).text).toBe('a\n');
	expect((await readAll(fileSource(`${path}.hard`))).text).toBe('a\n');
});
