import fs, {
	appendFileSync,
	chmodSync,
	mkdirSync,
	renameSync,
	rmSync,
	symlinkSync,
	truncateSync,
	utimesSync,
	writeFileSync,
} from 'node:fs';
import {syncBuiltinESMExports} from 'node:module';
import {join} from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {gzipSync} from 'node:zlib';
import {beforeEach, expect, test, vi} from 'vitest';
import type {Log} from '../../../../source/log.js';
import type {Position} from '../../../../source/sources/file/position.js';
import type {SetSource, SetSourceOptions} from '../../../../source/sources/set/set-source.js';
import {until} from '../../../support/until.js';
import {
	type Collected,
	deafWatcher,
	followed,
	numbered,
	putInto,
	readAll,
	temporaryFolder,
	treeSource,
} from '../../collect.js';

let root: string;
beforeEach(() => {
	root = join(temporaryFolder(), 'projects');
	mkdirSync(root);
});

const put = (name: string, content: string | Buffer): string => putInto(root, name, content);

const tree = (options: SetSourceOptions = {}) => treeSource('~/projects', root, options);

/** Nothing but events tells that something changed. */
const eventsOnly = {sweep: 3_600_000};

/** Nothing but looking from time to time tells it, and only of what is alive. */
const sweepsOnly = {watcher: deafWatcher(), sweep: 20};

const bothWays: [string, SetSourceOptions][] = [
	['events', eventsOnly],
	['sweeps', sweepsOnly],
];

/** Waits until a log's text is this, exactly. */
const expectText = (log: Collected, name: string, text: string) =>
	until(() => expect(log.textOf(`~/projects/${name}`)).toBe(text));

test('a transcript that is compressed in place is the same one, read once', async () => {
	const plain = put('p/rollout-a.jsonl', numbered(1, 100));
	const log = await followed(tree(eventsOnly));
	writeFileSync(`${plain}.gz`, gzipSync(numbered(1, 100)));
	rmSync(plain);
	put('p/rollout-b.jsonl.gz', gzipSync(numbered(1, 3)));
	await expectText(log, 'p/rollout-b.jsonl', numbered(1, 3));
	rmSync(`${plain}.gz`);
	writeFileSync(plain, numbered(1, 101));
	await expectText(log, 'p/rollout-a.jsonl', numbered(1, 101));
	expect(log.problems).toEqual([]);
});

test('a compressed transcript that is as it was is not opened by a later reading', async () => {
	put('p/rollout-b.jsonl.gz', gzipSync(numbered(1, 3)));
	await wait(150);
	const source = tree();
	expect((await readAll(source)).text).toBe(numbered(1, 3));
	const position = source.positionOf(join(root, 'p/rollout-b.jsonl'));
	expect(position?.stamp).toBeDefined();
	const later = tree({resume: () => position});
	expect((await readAll(later)).text).toBe('');
});

test('reads each transcript once, those written to last first, to its end', async () => {
	put('p/a.jsonl', 'a\n');
	put('p/a/subagents/agent-b.jsonl', 'b\nunfinished');
	put('h/chats/session-1.json', '{\n}');
	put('h/logs.json', 'no');
	put('p/notes.md', 'no');
	put('p/node_modules/c.jsonl', 'no');
	put('.hidden/d.jsonl', 'no');
	for (const [index, name] of ['p/a/subagents/agent-b.jsonl', 'h/chats/session-1.json', 'p/a.jsonl'].entries()) {
		utimesSync(join(root, name), 2000 - index, 2000 - index);
	}

	const log = await readAll(tree());
	expect(log.texts).toEqual(['b\n', 'unfinished\n', '{\n', '}\n', 'a\n']);
	expect(log.heads).toEqual([true, false, true, false, true]);
	expect(log.facts.map(({log}) => log)).toContainEqual({
		id: join(root, 'p/a.jsonl'),
		name: '~/projects/p/a.jsonl',
	});
	expect(log.problems).toEqual([]);
});

test('an event alone brings what is appended', async () => {
	const path = put('p/a.jsonl', numbered(1, 1));
	const log = await followed(tree(eventsOnly));
	for (let line = 2; line < 22; line++) {
		appendFileSync(path, numbered(line, 1));
		await until(() => expect(log.text).toBe(numbered(1, line)));
	}
});

test.each(bothWays)('a new session, and new folders with one in them at once, by %s', async (_how, options) => {
	put('p/a.jsonl', 'a\n');
	const log = await followed(tree(options));
	put('p/b.jsonl', 'b\n');
	await expectText(log, 'p/b.jsonl', 'b\n');
	put('q/c.jsonl', 'c\n');
	const deep = put('p/c/subagents/agent-d.jsonl', 'd\n');
	await expectText(log, 'q/c.jsonl', 'c\n');
	await expectText(log, 'p/c/subagents/agent-d.jsonl', 'd\n');
	appendFileSync(deep, 'e\n');
	await expectText(log, 'p/c/subagents/agent-d.jsonl', 'd\ne\n');
	expect(log.names).toHaveLength(5);
});

test.each(bothWays)('a document that is rewritten is read again from its start, by %s', async (_how, options) => {
	const content = (...messages: number[]) => JSON.stringify({messages}, undefined, 1);
	const path = put('h/chats/session-1.json', content(1));
	const log = await followed(tree(options));
	expect(log.text).toBe(`${content(1)}\n`);
	writeFileSync(path, content(1, 2));
	await expectText(log, 'h/chats/session-1.json', `${content(1)}\n${content(1, 2)}\n`);
	expect(log.heads.filter(head => head)).toHaveLength(2);
});

test.each(bothWays)('a transcript that is truncated or replaced starts over, by %s', async (_how, options) => {
	const path = put('p/a.jsonl', numbered(1, 5));
	const log = await followed(tree(options));
	truncateSync(path);
	appendFileSync(path, numbered(6, 1));
	await expectText(log, 'p/a.jsonl', numbered(1, 6));
	writeFileSync(`${path}.new`, numbered(7, 9));
	renameSync(`${path}.new`, path);
	await expectText(log, 'p/a.jsonl', numbered(1, 15));
	expect(log.heads).toEqual([true, true, true]);
});

test.each(bothWays)('deleted logs are dropped silently; the others continue, by %s', async (_how, options) => {
	put('p/a.jsonl', 'a\n');
	put('q/b.jsonl', 'b\n');
	const rest = put('r/c.jsonl', 'c\n');
	const log = await followed(tree(options));
	rmSync(join(root, 'p/a.jsonl'));
	rmSync(join(root, 'q'), {recursive: true});
	appendFileSync(rest, 'd\n');
	await expectText(log, 'r/c.jsonl', 'c\nd\n');
	put('q/b.jsonl', 'again\n');
	await expectText(log, 'q/b.jsonl', 'b\nagain\n');
	expect(log.problems).toEqual([]);
});

test('a look at everything finds what was added to a transcript of long ago', async () => {
	const path = put('p/a.jsonl', 'a\n');
	const old = new Date('2025-01-01');
	utimesSync(path, old, old);
	const log = await followed(tree({watcher: deafWatcher(), sweep: 10, sweepAll: 50}));
	appendFileSync(path, 'b\n');
	utimesSync(path, old, old);
	await expectText(log, 'p/a.jsonl', 'a\nb\n');
});

test('a tree that comes to be while it is waited for', async () => {
	rmSync(root, {recursive: true});
	const log = await followed(tree({sweep: 20}));
	const path = put('p/a.jsonl', 'a\n');
	await expectText(log, 'p/a.jsonl', 'a\n');
	appendFileSync(path, 'b\n');
	await expectText(log, 'p/a.jsonl', 'a\nb\n');
});

test('links to other places are followed, those within the tree and in circles are not', async () => {
	const elsewhere = temporaryFolder();
	writeFileSync(join(elsewhere, 'b.jsonl'), 'b\n');
	put('p/a.jsonl', 'a\n');
	symlinkSync(elsewhere, join(root, 'q'));
	symlinkSync(join(root, 'p'), join(root, 'r'));
	symlinkSync(root, join(elsewhere, 'circle'));
	const log = await readAll(tree());
	expect(log.names.sort()).toEqual(['~/projects/p/a.jsonl', '~/projects/q/b.jsonl']);
	expect(log.facts.map(({log}) => log.id).sort()).toEqual([join(root, 'p/a.jsonl'), join(elsewhere, 'b.jsonl')].sort());
});

test('many files that cannot be read are few problems', async () => {
	for (let index = 0; index < 20; index++) {
		put(`p/${index}.jsonl`, Buffer.from('no mark\n', 'utf16le'));
	}

	put('p/good.jsonl', 'good\n');
	const log = await readAll(tree());
	expect(log.text).toBe('good\n');
	expect(new Set(log.problems.map(({name}) => name)).size).toBe(4);
	expect(log.problems.at(-1)).toMatchObject({kind: 'binary', name: '~/projects', count: 17});
});

test.skipIf(process.getuid?.() === 0)('a folder that may not be listed is a problem', async () => {
	put('p/a.jsonl', 'a\n');
	chmodSync(join(root, 'p'), 0);
	const log = await readAll(tree());
	chmodSync(join(root, 'p'), 0o700);
	expect(log.problems).toMatchObject([{kind: 'unreadable', name: '~/projects/p'}]);
});

test('where watching fails, says so once, and looks more often', async () => {
	const path = put('p/a.jsonl', 'a\n');
	const watcher = deafWatcher(new Error('no space left'));
	const log = await followed(tree({watcher, sweep: 60_000, sweepAlone: 20}));
	appendFileSync(path, 'b\n');
	await expectText(log, 'p/a.jsonl', 'a\nb\n');
	expect(log.problems).toMatchObject([{kind: 'watch-failed', message: expect.stringContaining('no space left')}]);
});

/** The positions of all logs that were read, as they would be stored. */
const positionsOf = (source: SetSource, log: Collected) =>
	new Map(log.facts.map(({log: {id}}) => [id, JSON.parse(JSON.stringify(source.positionOf(id))) as Position]));

test('continues from positions: unchanged logs are not opened, those that grew or were rewritten are read on', async () => {
	const same = put('p/same.jsonl', 'a\n');
	const touched = put('p/touched.jsonl', 'b\n');
	const grown = put('p/grown.jsonl', 'c\n');
	const document = put('h/chats/session-1.json', '{"a": 1,\n"b": 2}');
	const old = new Date('2025-01-01');
	for (const path of [same, touched, grown, document]) {
		utimesSync(path, old, old);
	}

	// Only what changed some time before it was read is surely unchanged by the same time of change.
	await new Promise(resolve => setTimeout(resolve, 150));
	const first = tree();
	const log = await readAll(first);
	expect(first.progress).toEqual({done: 22, total: 22, behind: 0});
	const resume = ({id}: Log) => positionsOf(first, log).get(id);
	expect((await readAll(tree({resume}))).text).toBe('');
	utimesSync(touched, new Date(), new Date());
	appendFileSync(grown, 'd\n');
	chmodSync(document, 0o600);
	put('q/new.jsonl', 'e\n');
	const opened = vi.spyOn(fs, 'openSync');
	syncBuiltinESMExports();
	const second = tree({resume});
	const rest = await readAll(second);
	const paths = opened.mock.calls.map(([path]) => path);
	opened.mockRestore();
	syncBuiltinESMExports();
	expect(rest.texts.sort()).toEqual(['d\n', 'e\n']);
	expect(paths.sort()).toEqual([document, grown, join(root, 'q/new.jsonl'), touched].sort());
	expect(second.positionOf(same)).toEqual(first.positionOf(same));
	writeFileSync(document, '{"a": 1,\n"b": 3, "c": 4}');
	writeFileSync(grown, 'new\n');
	expect(
		(await readAll(tree({resume: ({id}) => positionsOf(second, rest).get(id) ?? resume({id, name: ''})}))).texts,
	).toContain('{"a": 1,\n');
});

test('reports once each file that is unchanged since it was read', async () => {
	const old = new Date('2025-01-01');
	for (const path of [put('p/a.jsonl', 'a\n'), put('p/b.jsonl', 'bb\n')]) {
		utimesSync(path, old, old);
	}

	await wait(150);
	const first = tree();
	const log = await readAll(first);
	const again = await followed(tree({resume: ({id}) => positionsOf(first, log).get(id), sweep: 20, sweepAll: 20}));
	await wait(150);
	expect(again.texts).toEqual([]);
	expect(again.facts.map(({log, ...facts}) => [log.name, facts]).sort()).toEqual([
		['~/projects/p/a.jsonl', {size: 2, modified: old.getTime(), read: 0, lines: 0}],
		['~/projects/p/b.jsonl', {size: 3, modified: old.getTime(), read: 0, lines: 0}],
	]);
});

test('knows within lines how far a log was read, so that a killed process continues there', async () => {
	const content = numbered(1, 400_000);
	const path = put('p/a.jsonl', content);
	const source = tree();
	const pieces: {text: string; position: Position | undefined}[] = [];
	let text = '';
	await source.read({
		lines: (log, bytes) => {
			text += bytes.toString();
			pieces.push({text, position: source.positionOf(log.id)});
			expect(source.progress.done).toBe(text.length);
		},
		caughtUp: () => undefined,
		problem: () => undefined,
	});
	expect(pieces.length).toBeGreaterThan(2);
	for (const {text, position} of pieces) {
		const rest = await readAll(tree({resume: ({id}) => (id === path ? position : undefined)}));
		expect(text + rest.text === content).toBe(true);
	}
});

test('the lines at the end of what was written last, before the rest is read', async () => {
	utimesSync(put('p/a.jsonl', numbered(1, 1000)), 1000, 1000);
	put('q/b.jsonl', numbered(1, 3));
	const recent = await tree().recent(500);
	expect(recent.map(({log}) => log.name)).toEqual(['~/projects/q/b.jsonl', '~/projects/p/a.jsonl']);
	expect(recent[0]?.bytes.toString()).toBe(numbered(1, 3));
	expect(numbered(1, 1000).endsWith(recent[1]?.bytes.toString() ?? '')).toBe(true);
	expect(await tree().recent(4000)).toEqual([]);
});

test('nothing is read after it is stopped', async () => {
	const path = put('p/a.jsonl', 'a\n');
	const log = await followed(tree({sweep: 5}));
	await log.stop();
	appendFileSync(path, 'b\n');
	await new Promise(resolve => setTimeout(resolve, 50));
	expect(log.text).toBe('a\n');
});

test('a transcript at rest is read on from where the position says that was kept of it', async () => {
	const path = put('p/a.jsonl', numbered(1, 3));
	const kept = new Map<string, Position>();
	const source = tree({sweep: 20, watcher: deafWatcher(), resume: ({id}) => kept.get(id)});
	const log = await followed(source);
	const position = source.positionOf(path) as Position;
	kept.set(path, position);
	source.rest(path);
	expect(source.positionOf(path)).toBe(position);
	appendFileSync(path, numbered(4, 2));
	await expectText(log, 'p/a.jsonl', numbered(1, 5));
	expect(log.heads).toEqual([true, false]);
});
