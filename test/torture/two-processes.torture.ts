import type {ChildProcess} from 'node:child_process';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {expect, test} from 'vitest';
import {type Finish, type Home, newFolder, newHome} from './homes.js';
import {openLive} from './live-screen.js';
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
