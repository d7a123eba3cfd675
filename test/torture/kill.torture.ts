import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {expect, test} from 'vitest';
import {createRandom, type Random} from '../../source/demo/random.js';
import {cliPath, environment} from '../support/program.js';
import {openTerminal} from '../support/terminal-session.js';
import {backendLog} from './backend-log.js';
import {type Home, newFolder, newHome} from './homes.js';
import {type Moment, momentOf} from './moments.js';
import {writerIn} from './processes.js';
import {expectSame, faultless, faultsOf, report} from './reports.js';

/** Rounds, each with a home of its own, so that there is something left to read and to write when the next kill comes. */
const rounds = 4;
const moments: readonly Moment[] = ['start', 'reading', 'reading', 'storing', 'end'];

/** Kills a report at the moment; returns whether it was still running. */
const killReport = async (log: string, home: Home, moment: Moment, length: number, random: Random) => {
	const child: ChildProcess = spawn(process.execPath, [cliPath, 'report', log, '--json'], {
		env: environment(home.env),
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	// It would wait for its reader, and not end.
	child.stdout?.resume();
	const closed = once(child, 'close');
	await Promise.race([momentOf(moment, {child, store: home.store, length, random}), closed]);
	child.kill('SIGKILL');
	await closed;
	return child.signalCode === 'SIGKILL';
};

test.concurrent('reports killed twenty times leave nothing behind that changes a number', async ({onTestFinished}) => {
	const folder = newFolder(onTestFinished);
	const log = join(folder, 'worker.log');
	writeFileSync(log, backendLog(6000, 'json'));
	const began = performance.now();
	const undisturbed = await report(log, newHome(onTestFinished));
	const length = performance.now() - began;
	expect(undisturbed.total_events).toBeGreaterThan(3000);
	let killed = 0;
	for (let round = 0; round < rounds; round++) {
		const random = createRandom(round);
		const home = newHome(onTestFinished);
		for (const moment of random.shuffle(moments)) {
			killed += (await killReport(log, home, moment, length, random)) ? 1 : 0;
		}
		expectSame(await report(log, home), undisturbed);
	}
	expect(killed).toBeGreaterThan(rounds);
});

test.concurrent('a screen killed twenty times while its log is written leaves nothing behind either', async ({
	onTestFinished,
}) => {
	const folder = newFolder(onTestFinished);
	const log = join(folder, 'worker.log');
	writeFileSync(log, '');
	const home = newHome(onTestFinished);
	const requests = 14_000;
	const writer = writerIn(onTestFinished, folder)({path: log, requests, requestsPerSecond: 1000, tearsLines: true});
	const random = createRandom(20);
	for (let kills = 0; kills < 20; kills++) {
		const session = openTerminal([log], {env: home.env});
		onTestFinished(session.close);
		await wait(random.next() * 900);
		expect(session.exitCode()).toBeUndefined();
		session.kill('SIGKILL');
		await wait(20);
	}
	await once(writer, 'exit');
	const figures = await report(log, home);
	expect(faultsOf(figures, requests)).toEqual(faultless);
	expectSame(figures, await report(log, newHome(onTestFinished)));
});
