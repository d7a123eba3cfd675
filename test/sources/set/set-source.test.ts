import {appendFileSync, mkdirSync, renameSync, rmSync, truncateSync, utimesSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {beforeEach, expect, test} from 'vitest';
import {logsInFolder} from '../../../source/sources/set/log-finder.js';
import {NamedLogs} from '../../../source/sources/set/named-logs.js';
import {SetSource, type SetSourceOptions} from '../../../source/sources/set/set-source.js';
import {until} from '../../support/until.js';
import {type Collected, deafWatcher, followed, numbered, putInto, readAll, temporaryFolder} from '../collect.js';

let folder: string;
beforeEach(() => {
	folder = join(temporaryFolder(), 'logs');
	mkdirSync(folder);
});

const put = (name: string, content: string): string => putInto(folder, name, content);

const inFolder = (options: SetSourceOptions = {}) =>
	new SetSource('logs', context => new NamedLogs([logsInFolder('logs', folder)], () => false, context), options);

/** Nothing but events tells that something changed. */
const eventsOnly = {sweep: 3_600_000};

/** Nothing but looking from time to time tells it, and files are closed as soon as they are read. */
const sweepsOnly = {watcher: deafWatcher(), sweep: 20, drowsy: 0};

const bothWays: [string, SetSourceOptions][] = [
	['events', eventsOnly],
	['events, with all files closed in between', {...eventsOnly, drowsy: 0}],
	['sweeps', sweepsOnly],
];

const expectText = (log: Collected, name: string, text: string) => until(() => expect(log.textOf(name)).toBe(text));

test('reads what was written last first', async () => {
	for (const [index, name] of ['b.log', 'a.log', 'c.log'].entries()) {
		utimesSync(put(name, `${name}\n`), 2000 - index, 2000 - index);
	}

	put('no-log.txt', 'no\n');
	put('deep/d.log', 'no\n');
	const log = await readAll(inFolder());
	expect(log.texts).toEqual(['b.log\n', 'a.log\n', 'c.log\n']);
});

test.each(bothWays)('a rotation, by renaming and by truncation, by %s', async (_how, options) => {
	const path = put('a.log', numbered(1, 40));
	const log = await followed(inFolder(options));
	renameSync(path, `${path}.1`);
	writeFileSync(path, numbered(41, 40));
	await expectText(log, 'logs/a.log', numbered(1, 80));
	renameSync(`${path}.1`, `${path}.2`);
	writeFileSync(`${path}.1`, numbered(41, 40));
	truncateSync(path, 0);
	appendFileSync(path, numbered(81, 2));
	await expectText(log, 'logs/a.log', numbered(1, 82));
	expect(new Set(log.names)).toEqual(new Set(['logs/a.log']));
});

test('a folder that comes to be while it is waited for', async () => {
	rmSync(folder, {recursive: true});
	const log = await followed(inFolder({sweep: 20}));
	const path = put('a.log', 'a\n');
	await expectText(log, 'logs/a.log', 'a\n');
	appendFileSync(path, 'b\n');
	await expectText(log, 'logs/a.log', 'a\nb\n');
});

test('continues from positions, and reports its progress', async () => {
	const paths = [put('a.log', numbered(1, 10)), put('b.log', numbered(1, 10))];
	put('a.log.1', numbered(-10, 10));
	const first = inFolder();
	await readAll(first);
	expect(first.progress).toEqual({done: 223, total: 223, behind: 0});
	const positions = new Map(paths.map(path => [path, JSON.parse(JSON.stringify(first.positionOf(path)))]));
	appendFileSync(paths[0] as string, 'more\n');
	const second = inFolder({resume: log => positions.get(log.id)});
	const totals = new Set<number>();
	await second.read({
		lines: () => void totals.add(second.progress.total),
		caughtUp: () => undefined,
		problem: () => undefined,
	});
	expect([...totals]).toEqual([5]);
	expect(second.progress).toEqual({done: 5, total: 5, behind: 0});
});

test('reports once each log that is unchanged since it was read', async () => {
	const old = new Date('2025-01-01');
	for (const path of [put('a.log', 'a\n'), put('b.log', 'bb\n')]) {
		utimesSync(path, old, old);
	}

	await wait(150);
	const first = inFolder();
	await readAll(first);
	const again = await followed(inFolder({resume: ({id}) => first.positionOf(id), sweep: 20, sweepAll: 20}));
	await wait(150);
	expect(again.texts).toEqual([]);
	expect(again.facts.map(({log, ...facts}) => [log.name, facts]).sort()).toEqual([
		['logs/a.log', {size: 2, modified: old.getTime(), read: 0, lines: 0}],
		['logs/b.log', {size: 3, modified: old.getTime(), read: 0, lines: 0}],
	]);
});

test('the lines at the end of what was written last', async () => {
	utimesSync(put('a.log', numbered(1, 1000)), 1000, 1000);
	put('b.log', numbered(1, 3));
	const recent = await inFolder().recent(500);
	expect(recent.map(({log}) => log.name)).toEqual(['logs/b.log', 'logs/a.log']);
	expect(numbered(1, 1000).endsWith(recent[1]?.bytes.toString() ?? '')).toBe(true);
	expect(recent.reduce((sum, {bytes}) => sum + bytes.length, 0)).toBeLessThanOrEqual(500);
	expect(await inFolder().recent(4000)).toEqual([]);
});

test('where watching fails, says so once, and looks more often', async () => {
	const path = put('a.log', 'a\n');
	const watcher = deafWatcher(new Error('no space left'));
	const log = await followed(inFolder({watcher, sweep: 60_000, sweepAlone: 20}));
	appendFileSync(path, 'b\n');
	await expectText(log, 'logs/a.log', 'a\nb\n');
	expect(log.problems).toMatchObject([{kind: 'watch-failed', message: expect.stringContaining('no space left')}]);
});

test('nothing is read after it is stopped', async () => {
	const path = put('a.log', 'a\n');
	const log = await followed(inFolder({sweep: 5}));
	await log.stop();
	appendFileSync(path, 'b\n');
	await new Promise(resolve => setTimeout(resolve, 50));
	expect(log.text).toBe('a\n');
});
