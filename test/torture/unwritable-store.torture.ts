import {execFileSync, spawn, spawnSync} from 'node:child_process';
import {randomBytes} from 'node:crypto';
import {once} from 'node:events';
import {chmodSync, chownSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {text} from 'node:stream/consumers';
import {beforeAll, describe, expect, test} from 'vitest';
import {cliPath, environment, run} from '../support/program.js';
import {type Finish, type Home, newFolder, newHome} from './homes.js';
import {openLive} from './live-screen.js';
import {numberedLines} from './numbered.js';
import {type Figures, figuresOf, report} from './reports.js';

const requests = 20_000;
const nobody = 65_534;
const isRoot = process.getuid?.() === 0;

/** A log of which nothing that keeps its requests fits into one megabyte. */
const bigLog = (finish: Finish): string => {
	const log = join(newFolder(finish), 'worker.log');
	writeFileSync(log, numberedLines(0, requests, Date.UTC(2025, 9, 20, 8)));
	return log;
};

/** One line that names the program and says what is wrong, and no stack. */
const warning = /^hitrate: [^\n]{20,}\n$/;

/** Both the report and the screen must know all there is, whatever became of the store. */
const expectRight = async (finish: Finish, log: string, home: Home, warns: RegExp = warning): Promise<void> => {
	const {code, stderr, stdout} = await run(['report', log, '--json'], {env: home.env});
	expect({code, stderr}).toEqual({code: 0, stderr: expect.stringMatching(warns)});
	expect(figuresOf(stdout)).toMatchObject({total_events: requests, unmeasured: 0});
	const live = openLive(finish, log, home);
	await live.counts(requests);
	expect(await live.quit()).toBe(0);
};

/** Mounts a file system in memory on a new folder; undefined, and said so, where this may not be done. */
const mounted = (finish: Finish, options: string): string | undefined => {
	const folder = newFolder(finish);
	const {status} = spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'hitrate-test', folder]);
	if (status !== 0) {
		console.warn(`SKIPPED: a file system with ${options}, which only root may mount.`);
		return undefined;
	}
	finish(() => {
		execFileSync('umount', ['--lazy', folder]);
	});
	return folder;
};

test.concurrent('a file system that is full', async ({onTestFinished, skip}) => {
	const data = mounted(onTestFinished, 'size=1m');
	skip(data === undefined);
	await expectRight(onTestFinished, bigLog(onTestFinished), newHome(onTestFinished, data));
});

test.concurrent('a file system that fills up under a store that was fine', async ({onTestFinished, skip}) => {
	const data = mounted(onTestFinished, 'size=2m');
	skip(data === undefined);
	const home = newHome(onTestFinished, data);
	const log = bigLog(onTestFinished);
	const all = readFileSync(log);
	writeFileSync(log, all.subarray(0, all.indexOf('\n', all.length / 50) + 1));
	await report(log, home);
	const free = Number(
		execFileSync('df', ['--output=avail', '-B1', data as string])
			.toString()
			.split('\n')[1],
	);
	writeFileSync(join(data as string, 'filler'), Buffer.alloc(Math.max(0, free - 65_536)));
	writeFileSync(log, all);
	await expectRight(onTestFinished, log, home);
});

test.concurrent('a file system that may only be read', async ({onTestFinished, skip}) => {
	const data = mounted(onTestFinished, 'size=1m,ro');
	skip(data === undefined);
	await expectRight(onTestFinished, bigLog(onTestFinished), newHome(onTestFinished, data));
});

test.concurrent('a file where the folder should be', async ({onTestFinished}) => {
	const data = join(newFolder(onTestFinished), 'data');
	writeFileSync(data, '');
	await expectRight(onTestFinished, bigLog(onTestFinished), newHome(onTestFinished, data));
});

test.concurrent('a folder without permission to write', async ({onTestFinished, skip}) => {
	const home = newHome(onTestFinished);
	const log = bigLog(onTestFinished);
	const user = isRoot ? {uid: nobody, gid: nobody} : {};
	const opened = {env: environment(home.env), ...user};
	chmodSync(home.data, 0o500);
	if (isRoot) {
		chownSync(home.data, nobody, nobody);
		for (const folder of [join(home.data, '..'), join(log, '..')]) {
			chmodSync(folder, 0o755);
		}
		if (spawnSync(process.execPath, [cliPath, '--version'], opened).status !== 0) {
			console.warn('SKIPPED: a folder without permission to write, for nobody may not run the program.');
			skip();
		}
	}
	const child = spawn(process.execPath, [cliPath, 'report', log, '--json'], opened);
	const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
	expect(stderr).toMatch(warning);
	expect(child.exitCode).toBe(0);
	expect(figuresOf(stdout)).toMatchObject({total_events: requests, unmeasured: 0});
});

const pageLength = 4096;

/** What may happen to the bytes of a file; `warns` where nothing could be read from it any more. */
const damages: Readonly<Record<string, {readonly damage: (path: string) => void; readonly warns: RegExp}>> = {
	'overwritten with random bytes': {
		damage: path => writeFileSync(path, randomBytes(readFileSync(path).length)),
		warns: warning,
	},
	'cut in half': {
		damage: path => truncateSync(path, Math.floor(readFileSync(path).length / 2)),
		warns: warning,
	},
	// Nothing is a database without anything in it.
	emptied: {damage: path => truncateSync(path, 0), warns: new RegExp(`^$|${warning.source}`)},
	'with a page inverted in the middle': {
		damage: path => {
			const bytes = readFileSync(path);
			const from = Math.floor(bytes.length / 2 / pageLength) * pageLength;
			for (let index = from; index < from + pageLength && index < bytes.length; index++) {
				bytes[index] = ~(bytes[index] as number);
			}
			writeFileSync(path, bytes);
		},
		// Where it is needed no more it may go unnoticed, as long as the numbers are right.
		warns: new RegExp(`^$|${warning.source}`),
	},
	'with single bits flipped all over': {
		damage: path => {
			const bytes = readFileSync(path);
			for (let index = pageLength / 2; index < bytes.length; index += pageLength / 2 + 1) {
				bytes[index] = (bytes[index] as number) ^ 4;
			}
			writeFileSync(path, bytes);
		},
		warns: new RegExp(`^$|${warning.source}`),
	},
};

describe('a store that is damaged', () => {
	let log: string;
	beforeAll(() => {
		const ends: (() => void)[] = [];
		log = bigLog(end => ends.push(end as () => void));
		return () => {
			for (const end of ends) {
				end();
			}
		};
	});

	test.concurrent.for(Object.entries(damages))('%s', async ([, {damage, warns}], {onTestFinished}) => {
		const home = newHome(onTestFinished);
		const fresh: Figures = await report(log, home);
		expect(fresh.total_events).toBe(requests);
		const files = readdirSync(home.store).filter(name => name.endsWith('.db'));
		expect(files).not.toEqual([]);
		for (const name of files) {
			damage(join(home.store, name));
		}
		await expectRight(onTestFinished, log, home, warns);
	});

	test.concurrent('a folder in place of the file', async ({onTestFinished}) => {
		const home = newHome(onTestFinished);
		await report(log, home);
		const [name = 'none'] = readdirSync(home.store).filter(file => file.endsWith('.db'));
		execFileSync('rm', ['-r', home.store]);
		mkdirSync(join(home.store, name), {recursive: true});
		await expectRight(onTestFinished, log, home);
	});
});
