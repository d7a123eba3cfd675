import {
	appendFileSync,
	closeSync,
	cpSync,
	mkdirSync,
	openSync,
	renameSync,
	rmSync,
	symlinkSync,
	truncateSync,
	utimesSync,
	writeFileSync,
	writeSync,
} from 'node:fs';
import {join} from 'node:path';
import {gzipSync} from 'node:zlib';
import {beforeEach, expect, onTestFinished, test, vi} from 'vitest';
import {until} from '../support/until.js';
import {Collected, deafWatcher, fileSource, followed, numbered, temporaryFolder} from './collect.js';

let path: string;
beforeEach(() => {
	path = join(temporaryFolder(), 'worker.log');
	writeFileSync(path, numbered(1, 3));
});

/** Waits until the text is this, exactly. */
const expectText = (collected: {readonly text: string}, text: string) => until(() => expect(collected.text).toBe(text));

/** Looks so rarely that several things happen between two looks. */
const sparse = {watcher: deafWatcher(), sweep: 150};

/** Gzips in place as `gzip` does: the new file is there before the old one is gone, and keeps its time. */
const gzipFile = (from: string, content: string) => {
	writeFileSync(`${from}.gz`, gzipSync(content));
	rmSync(from);
};

test('reads what is there, then what is appended, woken by the event', async () => {
	// The sweep would come long after the test has given up.
	const log = await followed(fileSource(path, {sweep: 3_600_000}));
	expect(log.text).toBe(numbered(1, 3));
	for (let line = 4; line < 24; line++) {
		appendFileSync(path, numbered(line, 1));
		await expectText(log, numbered(1, line));
	}

	await until(() => expect(log.facts.at(-1)).toMatchObject({lines: 23}));
});

test.each([
	['back', -86_400_000],
	['forward', 86_400_000],
])('a clock that is set %s a day delays nothing, and ends no file that is still written to', async (_, jump) => {
	const log = await followed(fileSource(path, {sweep: 50, watcher: deafWatcher()}));
	onTestFinished(() => {
		vi.useRealTimers();
	});
	vi.useFakeTimers({toFake: ['Date'], now: Date.now() + jump});
	const writer = openSync(path, 'a');
	onTestFinished(() => closeSync(writer));
	renameSync(path, `${path}.1`);
	writeFileSync(path, numbered(5, 1));
	await expectText(log, numbered(1, 3) + numbered(5, 1));
	vi.setSystemTime(Date.now() + jump);
	writeSync(writer, numbered(4, 1));
	await expectText(log, numbered(1, 3) + numbered(5, 1) + numbered(4, 1));
});

test('holds an unfinished line back until it is completed', async () => {
	const log = await followed(fileSource(path));
	appendFileSync(path, 'line 4\nli');
	await expectText(log, numbered(1, 4));
	appendFileSync(path, 'ne 5');
	appendFileSync(path, '\n');
	await expectText(log, numbered(1, 5));
});

test('completes a line that grows beyond several chunks', async () => {
	const log = await followed(fileSource(path, {...sparse, sweep: 30}));
	const part = 'x'.repeat(700_000);
	for (let times = 0; times < 4; times++) {
		appendFileSync(path, part);
		await new Promise(resolve => setTimeout(resolve, 50));
	}

	expect(log.text).toBe(numbered(1, 3));
	appendFileSync(path, '\nend\n');
	await until(() => expect(log.text.length).toBe(21 + 2_800_000 + 5));
	expect(log.text.endsWith('x\nend\n')).toBe(true);
});

test('rename and create', async () => {
	const log = await followed(fileSource(path));
	renameSync(path, `${path}.1`);
	writeFileSync(path, numbered(4, 2));
	await expectText(log, numbered(1, 5));
	expect(log.heads).toEqual([true, true]);
	appendFileSync(path, numbered(6, 1));
	await expectText(log, numbered(1, 6));
	expect(log.problems).toEqual([]);
});

test('a writer that stays on the renamed file for a while stays in order', async () => {
	const writer = openSync(path, 'a');
	onTestFinished(() => closeSync(writer));
	const log = await followed(fileSource(path, {drainTimeouts: {drain: 200}}));
	renameSync(path, `${path}.1`);
	writeFileSync(path, '');
	for (let line = 4; line < 8; line++) {
		writeSync(writer, numbered(line, 1));
		await expectText(log, numbered(1, line));
	}

	writeSync(writer, numbered(8, 1));
	appendFileSync(path, numbered(9, 1));
	await expectText(log, numbered(1, 9));
});

test('a renamed file is closed once it is quiet, and its unfinished line read', async () => {
	const log = await followed(fileSource(path, {sweep: 20, drainTimeouts: {drain: 50}}));
	appendFileSync(path, 'line 4');
	renameSync(path, `${path}.1`);
	writeFileSync(path, numbered(5, 1));
	await expectText(log, `${numbered(1, 3)}line 5\nline 4\n`);
	expect(log.kinds).toEqual(['unfinished-line']);
});

test('two rotations between two looks', async () => {
	const log = await followed(fileSource(path, sparse));
	appendFileSync(path, numbered(4, 1));
	renameSync(path, `${path}.1`);
	writeFileSync(path, numbered(5, 2));
	renameSync(`${path}.1`, `${path}.2`);
	renameSync(path, `${path}.1`);
	writeFileSync(path, numbered(7, 2));
	await expectText(log, numbered(1, 8));
	expect(log.problems).toEqual([]);
});

test('two rotations between two looks, compressed at once', async () => {
	const log = await followed(fileSource(path, sparse));
	renameSync(path, `${path}.2`);
	gzipFile(`${path}.2`, numbered(1, 3));
	writeFileSync(`${path}.1.gz`, gzipSync(numbered(4, 2)));
	writeFileSync(path, numbered(6, 2));
	await expectText(log, numbered(1, 7));
});

test.each([true, false])(
	'history (%s) is read once or never, through later rotations and compression',
	async history => {
		writeFileSync(`${path}.1`, numbered(-10, 5));
		writeFileSync(`${path}.2.gz`, gzipSync(numbered(-20, 5)));
		utimesSync(`${path}.2.gz`, 1000, 1000);
		utimesSync(`${path}.1`, 2000, 2000);
		const old = history ? numbered(-20, 5) + numbered(-10, 5) : '';
		const log = await followed(fileSource(path, {history}));
		renameSync(`${path}.2.gz`, `${path}.3.gz`);
		renameSync(`${path}.1`, `${path}.2`);
		gzipFile(`${path}.2`, numbered(-10, 5));
		renameSync(path, `${path}.1`);
		writeFileSync(path, numbered(4, 2));
		await expectText(log, old + numbered(1, 5));
		gzipFile(`${path}.1`, numbered(1, 3));
		renameSync(`${path}.1.gz`, `${path}.2.gz`);
		renameSync(path, `${path}.1`);
		writeFileSync(path, numbered(6, 1));
		await expectText(log, old + numbered(1, 6));
	},
);

test.each(['worker.log-20261123', 'worker-20261123.log', 'worker.1.log', 'worker.log.2025-10-20'])(
	'a rotation to %s that was missed',
	async name => {
		const log = await followed(fileSource(path, sparse));
		const rotated = join(path, '..', name);
		rmSync(path);
		writeFileSync(rotated, numbered(4, 2));
		writeFileSync(path, numbered(6, 2));
		await expectText(log, numbered(1, 7));
	},
);

test('truncated in place after a copy', async () => {
	const log = await followed(fileSource(path, sparse));
	appendFileSync(path, numbered(4, 2));
	cpSync(path, `${path}.1`);
	truncateSync(path, 0);
	appendFileSync(path, numbered(6, 1));
	await expectText(log, numbered(1, 6));
	expect(log.heads).toEqual([true, false, true]);
	expect(log.problems).toEqual([]);
});

test.each(['plain', 'gzip'])(
	'truncated after a copy (%s), and grown beyond its old size between two looks',
	async form => {
		const log = await followed(fileSource(path, sparse));
		appendFileSync(path, numbered(4, 2));
		cpSync(path, `${path}.1`);
		if (form === 'gzip') {
			gzipFile(`${path}.1`, numbered(1, 5));
		}

		truncateSync(path, 0);
		appendFileSync(path, numbered(6, 1000));
		await expectText(log, numbered(1, 1005));
	},
);

test('truncated twice between two looks, each time after a copy', async () => {
	const log = await followed(fileSource(path, sparse));
	appendFileSync(path, numbered(4, 1));
	cpSync(path, `${path}.2`);
	truncateSync(path, 0);
	appendFileSync(path, numbered(5, 3));
	cpSync(path, `${path}.1`);
	truncateSync(path, 0);
	appendFileSync(path, numbered(8, 3));
	await expectText(log, numbered(1, 10));
});

test('a copy that ended before what was read is not read again', async () => {
	const log = await followed(fileSource(path));
	cpSync(path, `${path}.1`);
	appendFileSync(path, numbered(4, 1));
	await expectText(log, numbered(1, 4));
	truncateSync(path, 0);
	appendFileSync(path, numbered(5, 1));
	await expectText(log, numbered(1, 5));
});

test('a writer without O_APPEND leaves zero bytes when truncated, twice', async () => {
	writeFileSync(path, '');
	const writer = openSync(path, 'w');
	onTestFinished(() => closeSync(writer));
	const log = await followed(fileSource(path));
	let line = 1;
	for (let round = 0; round < 3; round++) {
		writeSync(writer, numbered(line, 300));
		line += 300;
		await expectText(log, numbered(1, line - 1));
		cpSync(path, `${path}.${3 - round}`);
		truncateSync(path, 0);
	}

	writeSync(writer, numbered(line, 1));
	await expectText(log, numbered(1, line));
	expect(log.problems).toEqual([]);
});

test('says so when a truncation took bytes that were seen', async () => {
	appendFileSync(path, 'line 4');
	const log = await followed(fileSource(path));
	truncateSync(path, 0);
	appendFileSync(path, 'new\n');
	await expectText(log, `${numbered(1, 3)}new\n`);
	expect(log.kinds).toEqual(['lost-in-truncation']);
});

test('a restart that empties the log is no loss', async () => {
	const log = await followed(fileSource(path));
	writeFileSync(path, 'new\n');
	await expectText(log, `${numbered(1, 3)}new\n`);
	expect(log.problems).toEqual([]);
});

test('deleted and created again, even with the same inode', async () => {
	const log = await followed(fileSource(path, {...sparse, sweep: 50, drainTimeouts: {deleted: 0}}));
	rmSync(path);
	// The deleted file is let go; the file system may give its inode to the next.
	await new Promise(resolve => setTimeout(resolve, 150));
	writeFileSync(path, numbered(4, 3));
	await expectText(log, numbered(1, 6));
	rmSync(path);
	writeFileSync(path, numbered(7, 3));
	await expectText(log, numbered(1, 9));
});

test('daily files without a log of the plain name: the newest is followed, then the next', async () => {
	const daily = (day: number) => join(path, '..', `daily-2025-10-${day}.log`);
	writeFileSync(daily(20), numbered(1, 2));
	writeFileSync(daily(21), numbered(3, 2));
	utimesSync(daily(20), 1000, 1000);
	const log = await followed(fileSource(join(path, '..', 'daily.log')));
	expect(log.text).toBe(numbered(1, 4));
	appendFileSync(daily(21), numbered(5, 1));
	await expectText(log, numbered(1, 5));
	writeFileSync(daily(22), numbered(6, 1));
	await expectText(log, numbered(1, 6));
	appendFileSync(daily(22), numbered(7, 1));
	await expectText(log, numbered(1, 7));
	appendFileSync(daily(20), numbered(8, 1));
	await expectText(log, numbered(1, 8));
	expect(log.problems).toEqual([]);
});

test('rotated while its history is read: every line once', async () => {
	writeFileSync(`${path}.1`, numbered(-200_000, 200_000));
	utimesSync(`${path}.1`, 1000, 1000);
	const log = new Collected();
	let rotated = false;
	const stop = await fileSource(path).follow({
		lines: (of, bytes, head) => {
			log.lines(of, bytes, head);
			if (!rotated) {
				rotated = true;
				renameSync(`${path}.1`, `${path}.2`);
				renameSync(path, `${path}.1`);
				writeFileSync(path, numbered(4, 2));
			}
		},
		caughtUp: () => undefined,
		problem: problem => log.problem(problem),
	});
	onTestFinished(stop);
	expect(log.text === numbered(-200_000, 200_000) + numbered(1, 5)).toBe(true);
	expect(log.problems).toEqual([]);
});

test('a log that comes to be later, in a folder that comes to be later', async () => {
	const folder = temporaryFolder();
	const late = join(folder, 'logs', 'late.log');
	const log = await followed(fileSource(late, {sweep: 30}));
	expect(log.kinds).toEqual(['missing']);
	mkdirSync(join(folder, 'logs'));
	writeFileSync(late, 'a\n');
	await expectText(log, 'a\n');
	appendFileSync(late, 'b\n');
	await expectText(log, 'a\nb\n');
	expect(log.kinds).toEqual(['missing']);
});

test('a log that is deleted is gone after a while, and read on as soon as it is back', async () => {
	const log = await followed(fileSource(path, {sweep: 20, drainTimeouts: {drain: 60}}));
	rmSync(path);
	await until(() => expect(log.kinds).toEqual(['missing']));
	expect(log.problems[0]?.message).toContain('is gone');
	const before = log.facts.length;
	writeFileSync(path, '');
	await until(() => expect(log.facts.slice(before)).toMatchObject([{size: 0, modified: expect.any(Number)}]));
	appendFileSync(path, numbered(4, 1));
	await expectText(log, numbered(1, 4));
	expect(log.kinds).toEqual(['missing']);
});

test('a deleted log is not gone as long as somebody writes to it', async () => {
	const descriptor = openSync(path, 'a');
	onTestFinished(() => closeSync(descriptor));
	const log = await followed(fileSource(path, {sweep: 20, drainTimeouts: {drain: 60}}));
	rmSync(path);
	await until(() => expect(log.kinds).toEqual(['missing']));
	writeSync(descriptor, numbered(4, 1));
	await expectText(log, numbered(1, 4));
	await until(() => expect(log.kinds).toEqual(['missing', 'missing']));
});

test('a symbolic link that is switched to another file, and back', async () => {
	const link = join(path, '..', 'current');
	const other = join(path, '..', 'other.log');
	writeFileSync(other, numbered(4, 1));
	symlinkSync(path, link);
	const log = await followed(fileSource(link, {sweep: 30, drainTimeouts: {drain: 60}}));
	rmSync(link);
	symlinkSync(other, link);
	await expectText(log, numbered(1, 4));
	appendFileSync(other, numbered(5, 1));
	await expectText(log, numbered(1, 5));
	await new Promise(resolve => setTimeout(resolve, 150));
	rmSync(link);
	symlinkSync(path, link);
	appendFileSync(path, numbered(6, 1));
	await expectText(log, numbered(1, 6));
});

test('replaced by a longer copy of itself, the reading continues in that', async () => {
	writeFileSync(path, numbered(1, 100));
	const log = await followed(fileSource(path));
	writeFileSync(`${path}.part`, numbered(1, 103));
	renameSync(`${path}.part`, path);
	await expectText(log, numbered(1, 103));
});

test('sweeps alone, faster, where watching fails, and says so once', async () => {
	const failing = deafWatcher(new Error('no watches left'));
	const log = await followed(fileSource(path, {watcher: failing, sweep: 60_000, sweepAlone: 20}));
	appendFileSync(path, numbered(4, 1));
	await expectText(log, numbered(1, 4));
	expect(log.problems).toMatchObject([{kind: 'watch-failed', message: expect.stringContaining('no watches left')}]);
});

test('stops: nothing comes after', async () => {
	const log = await followed(fileSource(path, {sweep: 10}));
	await log.stop();
	appendFileSync(path, numbered(4, 1));
	await new Promise(resolve => setTimeout(resolve, 60));
	expect(log.text).toBe(numbered(1, 3));
});

test('timers run while a large log is read', async () => {
	writeFileSync(path, Buffer.alloc(60 << 20, 'a line of text\n'));
	let ticks = 0;
	const timer = setInterval(() => ticks++, 1);
	await followed(fileSource(path));
	clearInterval(timer);
	expect(ticks).toBeGreaterThan(5);
});

test('a file that is only to be read once is not followed', async () => {
	const log = await followed(fileSource(path, {still: true, sweep: 10}));
	appendFileSync(path, numbered(4, 1));
	await new Promise(resolve => setTimeout(resolve, 60));
	expect(log.text).toBe(numbered(1, 3));
});
