import {execFileSync} from 'node:child_process';
import {promises} from 'node:fs';
import * as fs from 'node:fs/promises';
import {syncBuiltinESMExports} from 'node:module';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, afterEach, beforeAll, beforeEach, expect, test} from 'vitest';
import {ExportError, freeName, writeWhole} from '../../source/system/write-whole.js';

/** Calls to the file system that fail once with the code set here. */
const codes = new Map<string, string>();
const fail = (name: string) => {
	const code = codes.get(name);
	if (code !== undefined) {
		codes.delete(name);
		throw Object.assign(new Error(`${code}: made up`), {code});
	}
};

const real = {...promises};

beforeAll(() => {
	Object.assign(promises, {
		link: async (from: string, to: string) => {
			fail('link');
			await real.link(from, to);
		},
		rename: async (from: string, to: string) => {
			fail('rename');
			await real.rename(from, to);
		},
		open: async (path: string, flags: string, mode: number) => {
			const file = await real.open(path, flags, mode);
			const write = file.writeFile.bind(file);
			file.writeFile = async content => {
				await write(typeof content === 'string' ? content.slice(0, 3) : content);
				fail('write');
				await write(typeof content === 'string' ? content.slice(3) : '');
			};
			return file;
		},
	});
	syncBuiltinESMExports();
});

afterAll(() => {
	Object.assign(promises, real);
	syncBuiltinESMExports();
});

let folder = '';

beforeEach(async () => {
	folder = await fs.mkdtemp(join(tmpdir(), 'hitrate-write-'));
});

afterEach(async () => {
	codes.clear();
	await fs.rm(folder, {recursive: true, force: true});
});

const write = (name: string, content = 'whole', exclusive = false) =>
	writeWhole(join(folder, name), content, {exclusive});
const read = (name: string) => fs.readFile(join(folder, name), 'utf8');
const names = () => fs.readdir(folder);

test.each([true, false])('writes a file that its owner alone can read (exclusive: %s)', async exclusive => {
	await write('a.json', 'whole', exclusive);
	expect(await read('a.json')).toBe('whole');
	expect((await fs.stat(join(folder, 'a.json'))).mode & 0o777).toBe(0o600);
	expect(await names()).toEqual(['a.json']);
});

test('replaces in one step: who has the old file open keeps it whole', async () => {
	await write('a.json', 'old content');
	const old = await fs.open(join(folder, 'a.json'), 'r', 0);
	await write('a.json', 'new');
	expect(await old.readFile('utf8')).toBe('old content');
	await old.close();
	expect(await read('a.json')).toBe('new');
	expect(await names()).toEqual(['a.json']);
});

test('exclusive never overwrites, not even a link to nowhere', async () => {
	await write('a.json', 'old');
	await expect(write('a.json', 'new', true)).rejects.toThrow(/a\.json: it exists already and is not overwritten\.$/);
	expect(await read('a.json')).toBe('old');
	await fs.symlink('nowhere', join(folder, 'b.json'));
	await expect(write('b.json', 'new', true)).rejects.toThrow(ExportError);
	expect((await names()).sort()).toEqual(['a.json', 'b.json']);
});

test('of many at once exactly one wins', async () => {
	const results = await Promise.allSettled(Array.from({length: 8}, (_, index) => write('a.json', `${index}`, true)));
	expect(results.filter(({status}) => status === 'fulfilled')).toHaveLength(1);
	expect(await read('a.json')).toBe(String(results.findIndex(({status}) => status === 'fulfilled')));
	expect(await names()).toEqual(['a.json']);
});

test('a symbolic link is replaced, and what it leads to stays as it is', async () => {
	await fs.writeFile(join(folder, 'secret'), 'precious');
	await fs.symlink('secret', join(folder, 'a.json'));
	await write('a.json');
	expect(await read('secret')).toBe('precious');
	expect((await fs.lstat(join(folder, 'a.json'))).isFile()).toBe(true);
});

test('a folder or a pipe in the way stays', async () => {
	await fs.mkdir(join(folder, 'a.json'));
	await expect(write('a.json')).rejects.toThrow(/it is a folder\.$/);
	execFileSync('mkfifo', [join(folder, 'b.json')]);
	await expect(write('b.json')).rejects.toThrow(/it is a device or a pipe\.$/);
	expect((await names()).sort()).toEqual(['a.json', 'b.json']);
});

test('a missing folder is said in one line', async () => {
	await expect(write('no/a.json')).rejects.toThrow(/^Cannot write .*no\/a\.json: its folder does not exist\.$/);
	await fs.writeFile(join(folder, 'file'), '');
	await expect(write('file/a.json')).rejects.toThrow(/its folder is not a folder\.$/);
});

test('a long name is possible where the file system takes it, and a longer one is said', async () => {
	await write(`${'a'.repeat(250)}.json`);
	expect(await names()).toHaveLength(1);
	await expect(write(`${'a'.repeat(300)}.json`)).rejects.toThrow(/its name is too long\.$/);
});

test.each([true, false])('a full disk leaves nothing new and the old as it was (exclusive: %s)', async exclusive => {
	await write('old.json', 'old');
	codes.set('write', 'ENOSPC');
	await expect(write(exclusive ? 'new.json' : 'old.json', 'a lot', exclusive)).rejects.toThrow(/the disk is full\.$/);
	expect(await names()).toEqual(['old.json']);
	expect(await read('old.json')).toBe('old');
});

test('where the file system has no hard links, exclusive holds all the same', async () => {
	codes.set('link', 'EPERM');
	await write('a.json', 'whole', true);
	expect(await read('a.json')).toBe('whole');
	codes.set('link', 'ENOTSUP');
	await expect(write('a.json', 'new', true)).rejects.toThrow(/it exists already/);
	expect(await read('a.json')).toBe('whole');
	codes.set('link', 'EPERM').set('rename', 'EIO');
	await expect(write('b.json', 'whole', true)).rejects.toThrow(/^Cannot write .*b\.json: EIO: made up\.$/);
	expect(await names()).toEqual(['a.json']);
});

test('a free name is free for every ending', async () => {
	const endings = ['.json', '.csv', '.svg'];
	expect(await freeName(folder, 'hitrate-1', endings)).toBe('hitrate-1');
	await write('hitrate-1.svg');
	expect(await freeName(folder, 'hitrate-1', endings)).toBe('hitrate-1-2');
	await fs.symlink('nowhere', join(folder, 'hitrate-1-2.csv'));
	expect(await freeName(folder, 'hitrate-1', endings)).toBe('hitrate-1-3');
	expect(await freeName(join(folder, 'no'), 'hitrate-1', endings)).toBe('hitrate-1');
	await expect(freeName(join(folder, 'hitrate-1.svg'), 'a', endings)).rejects.toThrow(ExportError);
});
