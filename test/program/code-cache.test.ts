import {
	chmodSync,
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {run, withFolder} from '../support/program.js';

/** Runs a verb with a cache folder; what it says must not depend on what is in there. */
const inCache = (body: (cache: string, start: () => Promise<void>) => Promise<void>) =>
	withFolder(async folder => {
		const cache = join(folder, 'cache');
		mkdirSync(cache);
		const once = async () => {
			const {stdout, stderr, code} = await run(['completions', 'bash'], {env: {XDG_CACHE_HOME: cache}});
			expect({code, stderr}).toEqual({code: 0, stderr: ''});
			expect(stdout).toContain('hitrate');
		};
		await body(join(cache, 'hitrate', 'code'), once);
	});

const only = (folder: string): string => {
	const names = readdirSync(folder);
	expect(names).toHaveLength(1);
	return join(folder, names[0] as string);
};

test('compiled code is kept for the user alone, and taken by the next run', async () => {
	await inCache(async (code, start) => {
		await start();
		const file = only(code);
		expect(statSync(code).mode & 0o777).toBe(0o700);
		expect(statSync(file).mode & 0o777).toBe(0o600);
		const {ino} = statSync(file);
		await start();
		// A run that could not take it would have written another.
		expect(statSync(only(code)).ino).toBe(ino);
	});
});

test('what cannot be used is rewritten', async () => {
	await inCache(async (code, start) => {
		await start();
		const file = only(code);
		const whole = readFileSync(file);
		writeFileSync(file, whole.subarray(0, whole.length / 2));
		await start();
		expect(statSync(file).size).toBeGreaterThan(whole.length / 2);
		writeFileSync(file, '');
		await start();
		expect(statSync(file).size).toBeGreaterThan(whole.length / 2);
	});
});

test('what a failed run compiled is taken until a run succeeds, whose code is kept instead', async () => {
	await inCache(async (code, start) => {
		const env = {XDG_CACHE_HOME: join(code, '../..')};
		const fail = async () => expect((await run(['completions', 'nosuch'], {env})).code).toBe(2);
		await fail();
		const failed = only(code);
		const {ino} = statSync(failed);
		await fail();
		expect(statSync(only(code)).ino).toBe(ino);
		await start();
		const whole = only(code);
		expect(whole).not.toBe(failed);
		await fail();
		expect(only(code)).toBe(whole);
	});
});

test.skipIf(process.platform === 'win32')('a folder that others can write to is left alone', async () => {
	await inCache(async (code, start) => {
		mkdirSync(code, {recursive: true});
		chmodSync(code, 0o777);
		await start();
		expect(readdirSync(code)).toEqual([]);
	});
});

test.skipIf(process.platform === 'win32')('a link in place of the folder is left alone', async () => {
	await inCache(async (code, start) => {
		const elsewhere = join(code, '../../elsewhere');
		mkdirSync(elsewhere, {mode: 0o700});
		mkdirSync(join(code, '..'));
		symlinkSync(elsewhere, code);
		await start();
		expect(readdirSync(elsewhere)).toEqual([]);
	});
});

test('a new home without a folder for caches gets one', async () => {
	await withFolder(async home => {
		await run(['completions', 'bash'], {env: {HOME: home, XDG_CACHE_HOME: undefined}});
		only(join(home, '.cache', 'hitrate', 'code'));
		expect(statSync(join(home, '.cache')).mode & 0o777).toBe(0o700);
	});
});

test('no folder is made below a home that is not there', async () => {
	await withFolder(async folder => {
		const home = join(folder, 'nobody');
		const {code} = await run(['completions', 'bash'], {env: {HOME: home, XDG_CACHE_HOME: undefined}});
		expect(code).toBe(0);
		expect(existsSync(home)).toBe(false);
	});
});
