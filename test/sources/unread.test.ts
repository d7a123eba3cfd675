import {appendFileSync, cpSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {gzipSync} from 'node:zlib';
import {beforeEach, describe, expect, test} from 'vitest';
import {until} from '../support/until.js';
import {Collected, deafWatcher, fileSource, followed, numbered, temporaryFolder} from './collect.js';

/** Everything below happens between two looks. */
const sparse = {watcher: deafWatcher(), sweep: 150};

/** Milliseconds in which something that was read twice would follow. */
const settled = 400;

/** Longer than what is taken for a coincidence where contents are compared. */
const many = 100;

let path: string;
beforeEach(() => {
	path = join(temporaryFolder(), 'worker.log');
});

/** Follows a log that holds no line when it is first looked at. */
const followedFrom = async (beginning: string) => {
	writeFileSync(path, beginning);
	return followed(fileSource(path, sparse));
};

const expectLines = async (log: Collected, count: number) => {
	await until(() => expect(log.text).toBe(numbered(1, count))).catch(() => undefined);
	await wait(settled);
	expect(log.text).toBe(numbered(1, count));
	expect(log.problems).toEqual([]);
	expect(log.facts.at(-1)).toMatchObject({lines: count});
};

const compress = (from: string, to: string) => {
	writeFileSync(to, gzipSync(readFileSync(from)));
	rmSync(from);
};

describe.for([
	{beginning: '', what: 'empty'},
	{beginning: 'lin', what: 'the beginning of a line'},
])('of a log that was $what when it was opened, and is then written', ({beginning}) => {
	const write = (count: number) => appendFileSync(path, numbered(1, count).slice(beginning.length));

	test.for([3, many])('the file that is renamed and compressed is read once (%d lines)', async count => {
		const log = await followedFrom(beginning);
		write(count);
		renameSync(path, `${path}.2`);
		compress(`${path}.2`, `${path}.2.gz`);
		writeFileSync(path, numbered(count + 1, 2));
		await expectLines(log, count + 2);
	});

	test.for([3, many])('the file that is renamed while nothing takes its place is read once (%d lines)', async count => {
		const log = await followedFrom(beginning);
		write(count);
		renameSync(path, `${path}.1`);
		await expectLines(log, count);
		compress(`${path}.1`, `${path}.2.gz`);
		writeFileSync(path, numbered(count + 1, 2));
		await expectLines(log, count + 2);
	});

	test.for([3, many])('the copy is read before the log that is truncated and rewritten (%d lines)', async count => {
		const log = await followedFrom(beginning);
		write(count);
		cpSync(path, `${path}.1`);
		truncateSync(path, 0);
		appendFileSync(path, numbered(count + 1, 2));
		await expectLines(log, count + 2);
	});

	test('two copies are read before the log that is emptied each time', async () => {
		const log = await followedFrom(beginning);
		write(3);
		cpSync(path, `${path}.2`);
		truncateSync(path, 0);
		appendFileSync(path, numbered(4, many));
		cpSync(path, `${path}.1`);
		truncateSync(path, 0);
		await expectLines(log, many + 3);
		appendFileSync(path, numbered(many + 4, 2));
		await expectLines(log, many + 5);
	});

	test('the copy is read where nothing follows', async () => {
		const log = await followedFrom(beginning);
		write(many);
		cpSync(path, `${path}.1`);
		truncateSync(path, 0);
		await expectLines(log, many);
	});

	test('the copy that is made while the log continues is not read', async () => {
		const log = await followedFrom(beginning);
		write(many);
		cpSync(path, `${path}.1`);
		appendFileSync(path, numbered(many + 1, 2));
		await expectLines(log, many + 2);
		truncateSync(path, 0);
		appendFileSync(path, numbered(many + 3, 2));
		await expectLines(log, many + 4);
	});
});

test.for([3, many])('emptied while its history is read, the copy is read (%d lines)', async count => {
	writeFileSync(`${path}.2`, numbered(-200_000, 200_000));
	writeFileSync(path, numbered(1, count));
	const log = new Collected();
	let isRotated = false;
	const stop = await fileSource(path, sparse).follow({
		lines: (of, bytes, head) => {
			if (!isRotated) {
				isRotated = true;
				cpSync(path, `${path}.1`);
				truncateSync(path, 0);
				appendFileSync(path, numbered(count + 1, 2));
			}

			if (!bytes.includes('line -')) {
				log.lines(of, bytes, head);
			}
		},
		caughtUp: () => undefined,
		problem: problem => log.problem(problem),
	});
	await stop();
	expect(log.text).toBe(numbered(1, count + 2));
	expect(log.problems).toEqual([]);
});

test('logs that begin alike, rotated and compressed between two looks, are all read', async () => {
	const banner = `${'='.repeat(2000)}\n`;
	writeFileSync(path, banner);
	const log = await followed(fileSource(path, sparse));
	appendFileSync(path, 'first\n');
	compress(path, `${path}.2.gz`);
	writeFileSync(path, `${banner}second, which is longer\n`);
	compress(path, `${path}.1.gz`);
	writeFileSync(path, `${banner}third\n`);
	await until(() => expect(log.text).toContain('third'));
	expect(log.text).toBe(`${banner}first\n${banner}second, which is longer\n${banner}third\n`);
});
