import * as fs from 'node:fs/promises';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {datedFolderOf, datedName, writeDated} from '../../../source/output/export/dated-export.js';
import {UnknownEndingError} from '../../../source/output/export/export.js';
import {parseKeep} from '../../../source/session/options.js';
import {withFolder} from '../../support/program.js';

test.each([
	['reports/', {folder: 'reports/', format: 'json'}],
	['/var/lib/x/', {folder: '/var/lib/x/', format: 'json'}],
	['reports/.md', {folder: 'reports', format: 'md'}],
	['./.CSV', {folder: '.', format: 'csv'}],
	['reports/day.md', undefined],
	['-', undefined],
	['.json', undefined],
])('%s', (path, expected) => {
	expect(datedFolderOf(path)).toEqual(expected);
});

test('an ending that names no format is refused', () => {
	expect(() => datedFolderOf('reports/.pdf')).toThrow(UnknownEndingError);
});

test('the day is that of the zone', () => {
	const time = Date.UTC(2026, 10, 22, 23, 30);
	expect(datedName(time, 'UTC', 'json')).toBe('hitrate-2026-11-22.json');
	expect(datedName(time, 'Europe/Berlin', 'md')).toBe('hitrate-2026-11-23.md');
});

const at = (day: number) => Date.UTC(2026, 10, day, 9);
const write = (folder: string, day: number, content = `day ${day}`, keep?: number) =>
	writeDated({folder, format: 'json', content, time: at(day), zone: 'UTC', keep});

test('a folder is made; the same day is replaced, another never', async () => {
	await withFolder(async base => {
		const folder = join(base, 'made/for it');
		const {path, deleted} = await write(folder, 22);
		expect([path, deleted]).toEqual([join(folder, 'hitrate-2026-11-22.json'), []]);
		await write(folder, 23);
		await write(folder, 23, 'again');
		expect((await fs.readdir(folder)).sort()).toEqual(['hitrate-2026-11-22.json', 'hitrate-2026-11-23.json']);
		expect(await fs.readFile(path, 'utf8')).toBe('day 22');
		expect(await fs.readFile(join(folder, 'hitrate-2026-11-23.json'), 'utf8')).toBe('again');
		expect((await fs.stat(folder)).mode & 0o777).toBe(0o700);
	});
});

test('the oldest of our own go, and nothing else', async () => {
	await withFolder(async folder => {
		const others = [
			'hitrate-2026-01-01.md',
			'hitrate-2026-13-01.json',
			'hitrate-2026-01-01.json.bak',
			'hitrate-20260101-090000.json',
			'xhitrate-2026-01-01.json',
			'invoice.json',
		];
		for (const name of [...others, 'hitrate-2026-11-01.json', 'hitrate-2026-11-09.json', 'hitrate-2026-10-30.json']) {
			await fs.writeFile(join(folder, name), name);
		}
		await fs.mkdir(join(folder, 'hitrate-2025-01-01.json'));
		await fs.symlink('invoice.json', join(folder, 'hitrate-2025-01-02.json'));
		const {deleted} = await write(folder, 23, 'new', 2);
		expect(deleted).toEqual(['hitrate-2026-10-30.json', 'hitrate-2026-11-01.json'].map(name => join(folder, name)));
		expect((await fs.readdir(folder)).sort()).toEqual(
			[
				...others,
				'hitrate-2025-01-01.json',
				'hitrate-2025-01-02.json',
				'hitrate-2026-11-09.json',
				'hitrate-2026-11-23.json',
			].sort(),
		);
	});
});

test('what was just written stays, whatever days there are', async () => {
	await withFolder(async folder => {
		await write(folder, 29);
		const {deleted} = await write(folder, 23, 'the clock went back', 1);
		expect(deleted).toEqual([join(folder, 'hitrate-2026-11-29.json')]);
		expect(await fs.readdir(folder)).toEqual(['hitrate-2026-11-23.json']);
	});
});

test('a folder that cannot be created is reported in one line', async () => {
	await withFolder(async folder => {
		await fs.writeFile(join(folder, 'file'), '');
		await expect(write(join(folder, 'file'), 23)).rejects.toThrow(/^Cannot write .*its folder is not a folder\.$/);
	});
});

test('how many stay is a whole number above 0', () => {
	expect(parseKeep('30')).toBe(30);
	for (const text of ['0', '-1', '1.5', '', 'all', '1e3']) {
		expect(() => parseKeep(text)).toThrow(/^--keep: ".*" is not a valid number of files\./);
	}
});
