import {execFileSync, spawn} from 'node:child_process';
import {appendFileSync, linkSync, mkdirSync, renameSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {Readable} from 'node:stream';
import {gzipSync} from 'node:zlib';
import {beforeEach, expect, onTestFinished, test} from 'vitest';
import type {FileSource} from '../../source/sources/file/file-source.js';
import type {Position} from '../../source/sources/file/position.js';
import {resolveSources} from '../../source/sources/resolve.js';
import {until} from '../support/until.js';
import {Collected, readAll, temporaryFolder} from './collect.js';

let cwd: string;
let home: string;
const env = {};
beforeEach(() => {
	cwd = temporaryFolder();
	home = temporaryFolder();
});

const write = (...names: string[]) => {
	for (const name of names) {
		mkdirSync(join(cwd, name, '..'), {recursive: true});
		writeFileSync(join(cwd, name), name.endsWith('.gz') ? gzipSync(`${name}\n`) : `${name}\n`);
	}
};

/** The lines that the sources of these arguments read, in order. */
const readOf = async (...names: string[]): Promise<string[]> => {
	const {sources} = await resolveSources(names, {cwd, env, home});
	const texts = await Promise.all(sources.map(async source => (await readAll(source)).text.trimEnd()));
	return texts.flatMap(text => text.split('\n')).filter(text => text !== '');
};

test('files, in the order given, under the names given', async () => {
	write('b.log', 'a.log');
	expect(await readOf('b.log', join(cwd, 'a.log'))).toEqual(['b.log', 'a.log']);
	const {sources, problems} = await resolveSources(['./b.log'], {cwd, env, home});
	expect(sources.map(source => (source as FileSource).log)).toEqual([{id: join(cwd, 'b.log'), name: './b.log'}]);
	expect(problems).toEqual([]);
});

test('a file named twice, also through links, is one source', async () => {
	write('a.log');
	symlinkSync(join(cwd, 'a.log'), join(cwd, 'b.log'));
	linkSync(join(cwd, 'a.log'), join(cwd, 'c.log'));
	expect(await readOf('a.log', './a.log', 'b.log', 'c.log', '*.log')).toEqual(['a.log']);
});

test('a missing file is a source that says so; the others are read', async () => {
	write('a.log');
	const {sources} = await resolveSources(['none.log', 'a.log'], {cwd, env, home});
	const [missing, there] = await Promise.all(sources.map(readAll));
	expect(missing?.problems).toMatchObject([{kind: 'missing', name: 'none.log'}]);
	expect(there?.text).toBe('a.log\n');
});

test.each(['/dev/null', '/dev/zero'])('%s is a device, and none is read', async path => {
	const {sources, problems} = await resolveSources([path], {cwd, env, home});
	expect(sources).toEqual([]);
	expect(problems).toMatchObject([{kind: 'unreadable', name: path, message: expect.stringContaining('is a device')}]);
});

test('a glob', async () => {
	write('logs/b.log', 'logs/a.log', 'logs/deep/c.log', 'logs/a.txt');
	expect((await readOf('logs/*.log')).sort()).toEqual(['logs/a.log', 'logs/b.log']);
	expect((await readOf('logs/**/*.log')).sort()).toEqual(['logs/a.log', 'logs/b.log', 'logs/deep/c.log']);
});

test('a file whose name looks like a glob', async () => {
	write('[a].log');
	expect(await readOf('[a].log')).toEqual(['[a].log']);
});

test('a glob without a match is a problem', async () => {
	const {problems} = await resolveSources(['*.log'], {cwd, env, home});
	expect(await readOf('*.log')).toEqual([]);
	expect(problems).toMatchObject([{kind: 'missing', name: '*.log', count: 1}]);
});

test('a folder: its logs with their rotated files, and nothing else', async () => {
	const logs = [
		'a.log',
		'a.log.1',
		'a.log.2.gz',
		'b-20261123.log',
		'b.log-20261122.gz',
		'c.jsonl',
		'd.json',
		'e.log.2025-10-20',
	];
	write(...[...logs, 'readme.md', 'x.tar.gz', '.hidden.log', 'deep/f.log', 'a.log.swp'].map(name => `logs/${name}`));
	expect((await readOf('logs')).sort()).toEqual(logs.map(name => `logs/${name}`));
	const read = await namesOf('logs/');
	expect(read.sources).toEqual(['logs']);
	// What is left of b.log and e.log are their rotated files.
	expect([...new Set(read.logs)]).toEqual(['a.log', 'b.log', 'c.jsonl', 'd.json', 'e.log'].map(name => `logs/${name}`));
});

test('a rotated file that is named is read alone; with its log named as well, it is the history of that', async () => {
	write('a.log', 'a.log.1', 'a.log.2.gz');
	expect(await namesOf('a.log.1')).toMatchObject({logs: ['a.log.1']});
	expect(await namesOf('a.log.1', 'a.log.2.gz')).toMatchObject({logs: ['a.log.1', 'a.log.2.gz']});
	expect(await namesOf('a.log.1', 'a.log')).toMatchObject({logs: ['a.log', 'a.log', 'a.log']});
	expect((await namesOf('a.log.*')).logs).toEqual(['a.log.1', 'a.log.2.gz']);
	expect((await namesOf('a.log*', 'a.log.1')).logs).toEqual(['a.log', 'a.log', 'a.log']);
});

test('a folder without logs is a problem', async () => {
	write('logs/readme.md');
	const {problems} = await resolveSources(['logs'], {cwd, env, home});
	expect(problems).toMatchObject([{kind: 'empty-folder', name: 'logs'}]);
});

test('the rotated files of a log in a folder are read once, also after the next rotation', async () => {
	write('logs/a.log', 'logs/a.log.1');
	const {sources} = await resolveSources(['logs'], {cwd, env, home, following: {sweep: 20}});
	const all = new Collected();
	for (const stop of await Promise.all(sources.map(source => source.follow(all)))) {
		onTestFinished(stop);
	}

	const path = join(cwd, 'logs/a.log');
	renameSync(`${path}.1`, `${path}.2`);
	renameSync(path, `${path}.1`);
	writeFileSync(path, 'new\n');
	appendFileSync(path, 'newer\n');
	const lines = ['logs/a.log', 'logs/a.log.1', 'new', 'newer', ''];
	await until(() => expect(all.text.split('\n').sort()).toEqual(lines.sort()));
});

test('hundreds of named files are one source; links and those of a folder among them are read once', async () => {
	const names = Array.from({length: 200}, (_, index) => `logs/${index}.log`);
	write(...names);
	linkSync(join(cwd, 'logs/1.log'), join(cwd, 'hard.log'));
	symlinkSync(join(cwd, 'logs/2.log'), join(cwd, 'soft.log'));
	const {sources} = await resolveSources(names, {cwd, env, home});
	expect(sources.map(({name}) => name)).toEqual(['logs/0.log and 199 more']);
	expect((await readOf(...names, 'hard.log', 'soft.log', 'logs')).sort()).toEqual([...names].sort());
});

test('many named files are read without a folder among them; one that is missing is told, and read once it is there', async () => {
	const names = Array.from({length: 20}, (_, index) => `${index}.log`);
	write(...names);
	expect((await readOf(...names)).sort()).toEqual([...names].sort());
	const {sources} = await resolveSources([...names, 'later/a.log'], {cwd, env, home, following: {sweep: 20}});
	const all = new Collected();
	for (const stop of await Promise.all(sources.map(source => source.follow(all)))) {
		onTestFinished(stop);
	}
	write('later/a.log');
	appendFileSync(join(cwd, '3.log'), 'new\n');
	const lines = [...names, 'later/a.log', 'new', ''];
	await until(() => expect(all.text.split('\n').sort()).toEqual(lines.sort()));
});

test('commands are sources in addition to what is named, and instead of the default paths', async () => {
	write('a.log', 'logs/worker.log');
	const {sources} = await resolveSources(['a.log'], {cwd, env, home, exec: ['echo printed', 'echo printed']});
	expect((await Promise.all(sources.map(readAll))).map(({text}) => text)).toEqual(['a.log\n', 'printed\n']);
	const alone = await resolveSources([], {cwd, env, home, exec: ['echo printed']});
	expect(alone.sources.map(({name}) => name)).toEqual(['echo printed']);
});

test('positions of an earlier reading are asked for, of each log and of nothing else, and used by all kinds', async () => {
	const session = '0c3a1b9e-1111-4222-8333-444455556666';
	write('a.log', 'logs/b.log', `one/${session}.jsonl`);
	const names = ['a.log', 'logs', 'one'];
	const asked: string[] = [];
	const positions = new Map<string, Position>();
	const readWith = async () => {
		const {sources} = await resolveSources(names, {
			cwd,
			env,
			home,
			resume: log => {
				asked.push(log.id);
				return positions.get(log.id);
			},
		});
		const all = new Collected();
		for (const source of sources) {
			await source.read(all);
			for (const {log} of all.facts) {
				const position = source.positionOf(log.id);
				if (position) {
					positions.set(log.id, JSON.parse(JSON.stringify(position)));
				}
			}
		}
		return all.text;
	};

	expect((await readWith()).split('\n').sort()).toEqual(['', 'a.log', 'logs/b.log', `one/${session}.jsonl`]);
	// A transcript that has changed is asked about again: nothing is held of those that have not.
	expect([...new Set(asked)].sort()).toEqual([...positions.keys()].sort());
	expect(positions.size).toBe(3);
	for (const id of positions.keys()) {
		appendFileSync(id, 'more\n');
	}
	expect(await readWith()).toBe('more\nmore\nmore\n');
});

test('- is standard input', async () => {
	const {sources} = await resolveSources(['-', '-'], {
		cwd,
		env,
		home,
		stdin: () => Readable.from([Buffer.from('a\n')]),
	});
	expect(sources.map(({name}) => name)).toEqual(['stdin']);
	expect((await readAll(sources[0] as never)).text).toBe('a\n');
});

test.skipIf(process.platform === 'win32')('a named pipe is read as a stream', async () => {
	const pipe = join(cwd, 'pipe');
	execFileSync('mkfifo', [pipe]);
	const {sources} = await resolveSources(['pipe'], {cwd, env, home});
	const reading = readAll(sources[0] as never);
	spawn('sh', ['-c', `echo a > ${pipe}`]);
	expect((await reading).text).toBe('a\n');
});

test('without arguments, the default paths that exist', async () => {
	write('logs/worker.log', 'backend/logs/backend.log');
	expect(await readOf()).toEqual(['logs/worker.log', 'backend/logs/backend.log']);
});

test('without arguments and logs, says what was searched', async () => {
	expect(await resolveSources([], {cwd, env, home})).toEqual({
		sources: [],
		problems: [],
		lookedAt: [
			'logs/worker.log',
			'logs/backend.log',
			'backend/logs/worker.log',
			'backend/logs/backend.log',
			expect.stringMatching(/^the folders of \d+ coding agents$/),
		],
		later: expect.anything(),
	});
});

/** Writes files below the home folder that hold their own paths. */
const writeAtHome = (...names: string[]) => {
	for (const name of names) {
		mkdirSync(join(home, name, '..'), {recursive: true});
		writeFileSync(join(home, name), `${name}\n`);
	}
};

/** Names of the sources, and of the logs that they read, sorted. */
const namesOf = async (...names: string[]) => {
	const {sources, problems} = await resolveSources(names, {cwd, env, home});
	const all = new Collected();
	for (const source of sources) {
		await source.read(all);
	}
	return {sources: sources.map(({name}) => name), logs: all.names.sort(), problems};
};

test("without arguments and logs, the agents' transcripts", async () => {
	writeAtHome('.claude/projects/p/a.jsonl', '.gemini/tmp/h/chats/session-1.json', '.gemini/tmp/h/logs.json');
	mkdirSync(join(home, '.codex/sessions'), {recursive: true});
	expect(await namesOf()).toEqual({
		sources: ['~/.claude/projects', '~/.codex/sessions', '~/.gemini/tmp'],
		logs: ['~/.claude/projects/p/a.jsonl', '~/.gemini/tmp/h/chats/session-1.json'],
		problems: [],
	});
	write('logs/worker.log');
	expect((await namesOf()).logs).toEqual(['logs/worker.log']);
});

test("agents' folders that are all empty are a problem", async () => {
	mkdirSync(join(home, '.codex/sessions'), {recursive: true});
	const {sources, problems} = await namesOf();
	expect(sources).toEqual(['~/.codex/sessions']);
	expect(problems).toMatchObject([{kind: 'empty-folder', name: '~/.codex/sessions'}]);
});

test("an agent's folder, one within it, and its home are trees", async () => {
	writeAtHome('.claude/projects/p/a.jsonl', '.claude/projects/p/a/subagents/b.jsonl', '.claude/history.jsonl');
	const projects = join(home, '.claude/projects');
	const logs = [join(projects, 'p/a.jsonl'), join(projects, 'p/a/subagents/b.jsonl')];
	expect(await namesOf(projects)).toEqual({sources: [projects], logs, problems: []});
	expect(await namesOf(join(projects, 'p/'))).toMatchObject({sources: [join(projects, 'p')], logs});
	expect(await namesOf(join(home, '.claude'))).toEqual({sources: [projects], logs, problems: []});
	expect(await namesOf(join(projects, 'p'), join(projects, 'p/a.jsonl'), projects)).toMatchObject({
		sources: [projects],
		logs,
	});
});

test('a folder of transcripts anywhere else is a tree, one of other logs is not', async () => {
	const session = '0c3a1b9e-1111-4222-8333-444455556666';
	write('copy/p/a.jsonl', `one/${session}.jsonl`, `one/${session}/subagents/agent-1.jsonl`, 'one/b.log');
	write('logs/c.jsonl', 'logs/old/d.jsonl');
	expect(await namesOf('copy')).toMatchObject({sources: ['copy'], logs: ['copy/p/a.jsonl'], problems: []});
	expect((await namesOf('one')).logs).toEqual([
		`one/${session}.jsonl`,
		`one/${session}/subagents/agent-1.jsonl`,
		'one/b.log',
	]);
	expect((await namesOf('logs')).logs).toEqual(['logs/c.jsonl']);
});
