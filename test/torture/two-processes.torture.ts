import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {appendFileSync, mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {expect, test} from 'vitest';
import {createRandom} from '../../source/demo/random.js';
import {cliPath, environment, run} from '../support/program.js';
import {type Finish, type Home, newFolder, newHome} from './homes.js';
import {openLive} from './live-screen.js';
import {type Moment, momentOf} from './moments.js';
import {groupSize, numberedLines} from './numbered.js';
import {writerIn} from './processes.js';
import {expectSame, faultless, faultsOf, measuredIn, report} from './reports.js';

const requests = 4000;

const written = (finish: Finish) => {
	const folder = newFolder(finish);
	const log = join(folder, 'worker.log');
	writeFileSync(log, '');
	const write = () => writerIn(finish, folder)({path: log, requests, requestsPerSecond: 800, tearsLines: true});
	return {log, home: newHome(finish), write};
};

/**
 * One report after another, until the writer is done: each must know all requests up to some, and beyond them at most
 * the calls of one group whose outcomes are still to be written.
 */
const reportWhile = async (writer: ChildProcess, log: string, home: Home): Promise<number> => {
	let before = 0;
	let reports = 0;
	for (; writer.exitCode === null; reports++) {
		const figures = await report(log, home);
		const measured = figures.total_events - figures.unmeasured;
		expect(faultsOf(measuredIn(figures), measured)).toEqual(faultless);
		expect(figures.unmeasured).toBeLessThanOrEqual(groupSize);
		expect(measured).toBeGreaterThanOrEqual(before);
		before = measured;
		await wait(200);
	}
	return reports;
};

test.concurrent('reports during a live screen, on one store', async ({onTestFinished}) => {
	const {log, home, write} = written(onTestFinished);
	const live = openLive(onTestFinished, log, home);
	await live.shows('● live');
	expect(await reportWhile(write(), log, home)).toBeGreaterThan(0);
	await live.counts(requests);
	expect(faultsOf(await live.snapshot(), requests)).toEqual(faultless);
	expect(await live.quit()).toBe(0);
	expectSame(await report(log, home), await report(log, newHome(onTestFinished)));
});

test.concurrent('two live screens on one store', async ({onTestFinished}) => {
	const {log, home, write} = written(onTestFinished);
	const screens = [openLive(onTestFinished, log, home), openLive(onTestFinished, log, home)];
	await Promise.all(screens.map(screen => screen.shows('● live')));
	write();
	for (const screen of screens) {
		await screen.counts(requests);
		expect(faultsOf(await screen.snapshot(), requests)).toEqual(faultless);
		expect(await screen.quit()).toBe(0);
	}
	expectSame(await report(log, home), await report(log, newHome(onTestFinished)));
});

test.concurrent('two first reports at the same moment, on a store that neither finds', async ({onTestFinished}) => {
	const log = join(newFolder(onTestFinished), 'worker.log');
	const home = newHome(onTestFinished);
	writeFileSync(log, numberedLines(0, requests, Date.UTC(2025, 9, 20, 8)));
	const [one, other] = await Promise.all([report(log, home), report(log, home)]);
	expect(faultsOf(one, requests)).toEqual(faultless);
	expectSame(other, one);
	expectSame(await report(log, home), one);
});

/** Rows of a table of days, which are sums and no requests: a row that is read twice is counted twice. */
const rows = (count: number): string => '2026-11-01,gpt-5,9510,9000,50,2\n'.repeat(count);

/** Lines of answers, two each, of which only the later has all tokens. */
const answers = (session: string, from: number, count: number): string =>
	Array.from(
		{length: 2 * count},
		(_, index) =>
			`${JSON.stringify({
				parentUuid: null,
				sessionId: session,
				type: 'assistant',
				timestamp: new Date(Date.UTC(2025, 9, 20, 8, 0, from + (index >> 1))).toISOString(),
				message: {
					id: `${session}-${from + (index >> 1)}`,
					model: 'claude-sonnet-4-5',
					usage: {input_tokens: 5, cache_read_input_tokens: 900, output_tokens: 1 + (index % 2)},
				},
			})}\n`,
	).join('');

/** Logs of several kinds; each call appends to all of them. */
const mixedLogs = (folder: string) => {
	mkdirSync(join(folder, 'projects', 'x'), {recursive: true});
	writeFileSync(join(folder, 'days.log'), 'date,model,input_tokens,cached_tokens,output_tokens,num_requests\n');
	writeFileSync(join(folder, 'worker.log'), '');
	let count = 0;
	return (more: number) => {
		appendFileSync(join(folder, 'days.log'), rows(more));
		appendFileSync(join(folder, 'worker.log'), numberedLines(count, more, Date.UTC(2025, 9, 20, 8)));
		for (let session = 0; session < 30; session++) {
			const path = join(folder, 'projects', 'x', `${session}.jsonl`);
			appendFileSync(path, answers(`s${session}`, count, session % 3 === 0 ? more : 1));
		}
		count += more;
	};
};

/** A value whose lists are in an order that does not depend on which log was read first. */
const inOrder = (value: unknown): unknown =>
	Array.isArray(value)
		? value
				.map(inOrder)
				.map(item => ({item, text: JSON.stringify(item)}))
				.sort((one, other) => (one.text < other.text ? -1 : 1))
				.map(({item}) => item)
		: typeof value === 'object' && value !== null
			? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, inOrder(item)]))
			: value;

/** All that a report says, with how far each log was read. */
const wholeReport = async (names: readonly string[], {env}: Home) => {
	const {stdout} = await run(['report', ...names, '--json'], {env});
	const {generated_at, ...figures} = JSON.parse(stdout);
	return inOrder(figures);
};

const halts: readonly Moment[] = ['start', 'reading', 'storing', 'storing'];

test.concurrent.for<NodeJS.Signals>(['SIGCONT', 'SIGKILL'])(
	'a report that is halted while another one reads the same logs, and then gets %s, changes no number',
	{timeout: 600_000},
	async (signal, {onTestFinished}) => {
		const random = createRandom(signal.length);
		for (const moment of halts) {
			const folder = newFolder(onTestFinished);
			const home = newHome(onTestFinished);
			const grow = mixedLogs(folder);
			const names = ['days.log', 'worker.log', 'projects'].map(name => join(folder, name));
			grow(400);
			const begin = () => {
				const child = spawn(process.execPath, [cliPath, 'report', ...names, '--json'], {
					env: environment(home.env),
					stdio: ['ignore', 'pipe', 'ignore'],
				});
				onTestFinished(() => {
					child.kill('SIGKILL');
				});
				child.stdout.resume();
				return {child, closed: once(child, 'close')};
			};
			const [halted, other] = [begin(), begin()];
			await momentOf(moment, {child: halted.child, store: home.store, length: 900, random});
			halted.child.kill('SIGSTOP');
			grow(3);
			// It waits for the halted one where that is just writing.
			await Promise.race([other.closed, wait(3000)]);
			grow(3);
			halted.child.kill(signal);
			await Promise.all([halted.closed, other.closed]);
			expect(await wholeReport(names, home)).toEqual(await wholeReport(names, newHome(onTestFinished)));
		}
	},
);
