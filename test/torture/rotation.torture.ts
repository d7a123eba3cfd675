import type {ChildProcess} from 'node:child_process';
import {readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {describe, expect, test} from 'vitest';
import {until} from '../support/until.js';
import {type Finish, newFolder, newHome} from './homes.js';
import {type LiveScreen, openLive} from './live-screen.js';
import {logrotate} from './logrotate.js';
import {numbersIn, prompt, sumBelow} from './numbered.js';
import {isInstalled, start, success, writerIn} from './processes.js';
import {faultless, faultsOf, measuredIn} from './reports.js';
import type {WriterOptions} from './writer.js';

/** 5,000 lines a second for 10 seconds. */
const load = {requests: 25_000, requestsPerSecond: 2500};

/** Milliseconds after the last request was seen, in which something that was read twice would follow. */
const settled = 1000;

const withLogrotate = isInstalled('logrotate', '--version');
const withPython = isInstalled('python3', '--version');

const followed = async (finish: Finish) => {
	const folder = newFolder(finish);
	const log = join(folder, 'worker.log');
	writeFileSync(log, '');
	const live = openLive(finish, log, newHome(finish));
	await live.shows('● live');
	return {folder, log, live};
};

/** The screen must know each request once, and have read each line once. */
const expectAll = async (live: LiveScreen, requests: number) => {
	// Where some are missing, the snapshot says which.
	await live.counts(requests).catch(() => {});
	await wait(settled);
	const {lines, ...figures} = await live.snapshot();
	expect(faultsOf(figures, requests)).toEqual(faultless);
	expect({lines, ...figures}).toMatchObject({
		lines: 2 * requests,
		total_events: requests,
		cache_hits: requests,
		unmeasured: 0,
		problems: [],
		tokens: {
			uncached: requests * (prompt.tokens - prompt.read),
			cache_read: requests * prompt.read,
			output: sumBelow(requests),
		},
	});
	expect(await live.quit()).toBe(0);
};

const isRunning = ({exitCode, signalCode}: ChildProcess) => exitCode === null && signalCode === null;

type Rotating = {
	readonly writer: ChildProcess;
	readonly log: string;
	readonly rotate: () => Promise<void>;
	readonly every: number;
	readonly stopped?: number | undefined;
};

/** Before that it does not know the signals that it will be sent. */
const hasBegun = (log: string) => until(() => expect(statSync(log).size).toBeGreaterThan(0));

/**
 * Rotates again and again while the writer writes. How that ends does not matter, for a signal may come when it is
 * about to: what it did not write is missed later.
 */
const rotateWhile = async ({writer, log, rotate, every}: Rotating): Promise<number> => {
	let rotations = 0;
	await hasBegun(log);
	for (await wait(every); isRunning(writer); await wait(every)) {
		await rotate();
		rotations++;
	}
	return rotations;
};

type Scenario = {
	readonly how: string;
	readonly directives: readonly string[];
	/** Milliseconds between two rotations. */
	readonly every: number;
	readonly writer?: Partial<WriterOptions>;
	/** Milliseconds for which the program is stopped, again and again, so that several rotations lie between two looks. */
	readonly stopped?: number | undefined;
};

const scenarios: readonly Scenario[] = [
	// What is deleted before it was read cannot be counted: it stays for longer than any look takes.
	{how: 'create, old files deleted', directives: ['create', 'rotate 12'], every: 400},
	{
		how: 'create, compress, delaycompress',
		directives: ['create', 'rotate 50', 'compress', 'delaycompress'],
		every: 500,
	},
	{how: 'create, compress', directives: ['create', 'rotate 50', 'compress'], every: 500},
	{
		how: 'create, a writer that reopens up to two seconds later',
		directives: ['create', 'rotate 50'],
		every: 1000,
		writer: {reopensWithin: 2000},
	},
	{
		how: 'dateext',
		directives: ['create', 'rotate 50', 'dateext', 'dateformat -%Y%m%d-%s'],
		every: 1200,
		writer: {reopensWithin: 300},
	},
	{
		how: 'create, several rotations between two looks',
		directives: ['create', 'rotate 50'],
		every: 300,
		stopped: 1500,
	},
	{
		how: 'create, compress, several rotations between two looks',
		directives: ['create', 'rotate 50', 'compress', 'delaycompress'],
		every: 300,
		stopped: 1500,
	},
];

/** Stops and continues the program while the writer writes. */
const interruptWhile = async (writer: ChildProcess, live: LiveScreen, length: number): Promise<void> => {
	while (isRunning(writer)) {
		live.kill('SIGSTOP');
		await wait(length);
		live.kill('SIGCONT');
		await wait(length / 3);
	}
};

const rotateAndInterrupt = async (live: LiveScreen, rotating: Rotating): Promise<number> => {
	const {writer, stopped} = rotating;
	const [rotations] = await Promise.all([
		rotateWhile(rotating),
		stopped === undefined ? undefined : interruptWhile(writer, live, stopped),
	]);
	return rotations;
};

describe.skipIf(!withLogrotate)('logrotate', () => {
	test.concurrent.for(scenarios)('$how: every request once', async (scenario, {onTestFinished}) => {
		const {folder, log, live} = await followed(onTestFinished);
		const writer = writerIn(onTestFinished, folder)({path: log, ...load, tearsLines: true, ...scenario.writer});
		const rotate = logrotate(folder, log, [
			...scenario.directives,
			'postrotate',
			// The writer reopens soon after, unless it was told to take its time.
			`kill -HUP ${writer.pid} 2>/dev/null && sleep 0.1 || true`,
			'endscript',
		]);
		const {every, stopped} = scenario;
		expect(await rotateAndInterrupt(live, {writer, log, rotate, every, stopped})).toBeGreaterThan(2);
		await expectAll(live, load.requests);
	});

	test.concurrent.for([
		{how: 'copytruncate', every: 500, stopped: undefined},
		{how: 'copytruncate, several between two looks', every: 300, stopped: 1500},
	])('$how, nothing written meanwhile: every request once', async ({every, stopped}, {onTestFinished}) => {
		const {folder, log, live} = await followed(onTestFinished);
		const pauseFile = join(folder, 'paused');
		const writer = writerIn(onTestFinished, folder)({path: log, ...load, pauseFile});
		const rotate = logrotate(folder, log, [
			'copytruncate',
			'rotate 50',
			'prerotate',
			`kill -USR2 ${writer.pid} 2>/dev/null || true`,
			`while kill -0 ${writer.pid} 2>/dev/null && [ ! -e ${pauseFile} ]; do sleep 0.01; done`,
			'endscript',
			'postrotate',
			`rm -f ${pauseFile}`,
			'endscript',
		]);
		expect(await rotateAndInterrupt(live, {writer, log, rotate, every, stopped})).toBeGreaterThan(2);
		await expectAll(live, load.requests);
	});

	test.concurrent('copytruncate under a writer: none twice, none lost that was not destroyed', async ({
		onTestFinished,
	}) => {
		const {folder, log, live} = await followed(onTestFinished);
		const writer = writerIn(onTestFinished, folder)({path: log, ...load});
		const rotate = logrotate(folder, log, ['copytruncate', 'rotate 50']);
		expect(await rotateWhile({writer, log, rotate, every: 300})).toBeGreaterThan(2);
		const survived = readdirSync(folder)
			.filter(name => name.startsWith('worker.log'))
			.flatMap(name => numbersIn(readFileSync(join(folder, name), 'utf8')));
		await live.counts(survived.length).catch(() => {});
		await wait(settled);
		const {lines, unmeasured, ...figures} = await live.snapshot();
		const measured = measuredIn(figures);
		const {lost, ...faults} = faultsOf(measured, load.requests);
		expect(faults).toEqual({doubled: faultless.doubled, unknown: faultless.unknown});
		const read = new Set(measured.cache_events.map(({output}) => output));
		expect(survived.filter(number => !read.has(number)).slice(0, 5)).toEqual([]);
		expect(lost.count).toBeLessThanOrEqual(load.requests - survived.length);
		// A line read twice is one too many here, though its request is still one.
		expect(lines).toBe(2 * read.size + unmeasured);
	});
});

describe.skipIf(!withPython)('a Python logger that rotates its file by itself', () => {
	test.concurrent.for(['size', 'time'])('by %s: every request once', async (kind, {onTestFinished}) => {
		const {folder, log, live} = await followed(onTestFinished);
		const writer = writerIn(onTestFinished, folder)({path: undefined, ...load}, {stdio: ['ignore', 'pipe', 'inherit']});
		const python = start(onTestFinished, 'python3', [join(import.meta.dirname, 'rotating-writer.py'), log, kind], {
			stdio: ['pipe', 'inherit', 'inherit'],
		});
		if (writer.stdout && python.stdin) {
			writer.stdout.pipe(python.stdin);
		}
		await success(python);
		expect(readdirSync(folder).filter(name => name.startsWith('worker.log.')).length).toBeGreaterThan(2);
		await expectAll(live, load.requests);
	});
});
