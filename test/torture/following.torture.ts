import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import type {FileOptions, FileSource} from '../../source/sources/file/file-source.js';
import type {Position} from '../../source/sources/file/position.js';
import type {SourceSink} from '../../source/sources/source.js';
import {deafWatcher, fileSource, temporaryFolder} from '../sources/collect.js';
import {until} from '../support/until.js';

/**
 * Writes numbered lines, 50 every 10 ms, and rotates every 400 ms. `create`: renames, goes on in the renamed file for
 * 60 ms, then opens a new one, and compresses the one before (twice in a row every third time).
 * `copytruncate`: copies, and empties the file at once; lines between the two are lost to every reader, so none are
 * written there. Prints how many lines there were.
 */
const writer = `
const fs = require('node:fs'), zlib = require('node:zlib');
const [path, kind, duration] = process.argv.slice(1);
let file = fs.openSync(path, 'a'), number = 0, rotations = 0, pending = 0;
const write = count => {
	for (let i = 0; i < count; i++) fs.writeSync(file, JSON.stringify({number: number++, text: 'x'.repeat(number % 200)}) + '\\n');
};
const shift = () => {
	for (let n = 20; n >= 1; n--) for (const end of ['', '.gz']) {
		try { fs.renameSync(path + '.' + n + end, path + '.' + (n + 1) + end); } catch {}
	}
	const old = path + '.3';
	if (fs.existsSync(old)) {
		const {atime, mtime} = fs.statSync(old);
		fs.writeFileSync(old + '.gz', zlib.gzipSync(fs.readFileSync(old)));
		fs.utimesSync(old + '.gz', atime, mtime);
		fs.rmSync(old);
	}
};
const reopen = () => { fs.closeSync(file); file = fs.openSync(path, 'a'); };
const rotate = () => {
	rotations++;
	shift();
	if (kind === 'copytruncate') {
		fs.copyFileSync(path, path + '.1');
		fs.ftruncateSync(file, 0);
	} else {
		fs.renameSync(path, path + '.1');
		if (rotations % 3 === 0) { reopen(); write(20); shift(); fs.renameSync(path, path + '.1'); rotations++; reopen(); }
		else pending = 6;
	}
	if (kind === 'copytruncate' && rotations % 3 === 0) write(2000);
};
let ticks = 0;
const timer = setInterval(() => {
	write(50);
	if (pending > 0 && --pending === 0) reopen();
	if (++ticks % 40 === 0) rotate();
	if (ticks * 10 >= duration) { clearInterval(timer); if (pending) reopen(); process.stdout.write(number + ' ' + rotations); }
}, 10);
`;

/** @param lives milliseconds after which the reader is killed, and another goes on from the position it left */
const torture = async (kind: string, options: FileOptions, lives?: number) => {
	const path = join(temporaryFolder(), 'worker.log');
	writeFileSync(path, '');
	const numbers: number[] = [];
	let garbled = 0;
	let position: Position | undefined;
	let life = 0;
	const sinkOf = (source: FileSource, ofLife: number): SourceSink => ({
		lines(log, bytes) {
			// What a killed one still reads, nobody gets.
			if (ofLife !== life) {
				return;
			}

			position = JSON.parse(JSON.stringify(source.positionOf(log.id)));
			for (const line of bytes.toString().split('\n').slice(0, -1)) {
				try {
					numbers.push(JSON.parse(line).number);
				} catch {
					garbled++;
				}
			}
		},
		caughtUp: () => undefined,
		problem: () => undefined,
	});
	const start = () => {
		life++;
		const source = fileSource(path, {...options, resume: position});
		return source.follow(sinkOf(source, life));
	};
	let stop = start();
	const killer = setInterval(() => {
		const before = stop;
		stop = start();
		void before.then(end => end());
	}, lives ?? 1e9);
	const child = spawn(process.execPath, ['-e', writer, path, kind, '2500'], {stdio: ['ignore', 'pipe', 'inherit']});
	let printed = '';
	child.stdout.on('data', (bytes: Buffer) => {
		printed += bytes.toString();
	});
	await once(child, 'exit');
	const [total = 0, rotations = 0] = printed.split(' ').map(Number);
	await until(() => expect(numbers.includes(total - 1)).toBe(true));
	clearInterval(killer);
	await (await stop)();
	const lost = total - new Set(numbers).size;
	return {total, rotations, lost, doubled: numbers.length - new Set(numbers).size, garbled, numbers};
};

test.each([
	{kind: 'create', how: 'woken by events', options: {}},
	{kind: 'create', how: 'looking every 900 ms', options: {watcher: deafWatcher(), sweep: 900}},
	{kind: 'copytruncate', how: 'woken by events', options: {}},
])('$kind, $how: every line once and in order', async ({kind, options}) => {
	const {numbers, ...figures} = await torture(kind, options);
	expect(figures).toMatchObject({lost: 0, doubled: 0, garbled: 0});
	expect(figures.total).toBeGreaterThan(5000);
	expect(figures.rotations).toBeGreaterThan(4);
	expect(numbers.every((number, index) => number === index)).toBe(true);
});

test.each([
	{kind: 'create', lives: 170},
	{kind: 'copytruncate', lives: 170},
])('$kind, the reader killed every $lives ms: every line once', async ({kind, lives}) => {
	const {numbers: _numbers, ...figures} = await torture(kind, {}, lives);
	expect(figures).toMatchObject({lost: 0, doubled: 0, garbled: 0});
	expect(figures.total).toBeGreaterThan(5000);
	expect(figures.rotations).toBeGreaterThan(4);
});
