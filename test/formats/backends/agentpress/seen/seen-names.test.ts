import {expect, test} from 'vitest';
import {NameTable} from '../../../../../source/formats/backends/agentpress/seen/name-table.js';
import {SeenNames} from '../../../../../source/formats/backends/agentpress/seen/seen-names.js';

const names = (count: number, prefix = 'chatcmpl-') => Array.from({length: count}, (_, number) => `${prefix}${number}`);

test('a table knows the names that were added, however many, and each once', () => {
	const table = new NameTable();
	for (const name of [...names(12_000), ...names(500)]) {
		table.add(name);
	}
	expect(table.size).toBe(12_000);
	expect(names(12_000).every(name => table.has(name))).toBe(true);
	expect(names(12_000, 'other-').some(name => table.has(name))).toBe(false);
	expect(table.latest(2)).toEqual(names(12_000).slice(-2));
});

test('an emptied table knows none of them', () => {
	const table = new NameTable();
	for (const name of names(1000)) {
		table.add(name);
	}
	table.clear();
	expect([table.size, names(1000).some(name => table.has(name))]).toEqual([0, false]);
	table.add('chatcmpl-7');
	expect([table.has('chatcmpl-7'), table.has('chatcmpl-8')]).toEqual([true, false]);
});

test('the latest 10,000 names at least are known, and those before the 20,000 latest are not', () => {
	const seen = new SeenNames();
	const all = names(45_000);
	for (const name of all) {
		seen.add(name);
	}
	expect(all.slice(-10_000).every(name => seen.has(name))).toBe(true);
	expect(all.slice(0, -20_000).some(name => seen.has(name))).toBe(false);
	expect(seen.save()).toEqual(all.slice(-200));
	expect(new SeenNames(seen.save()).has(all.at(-1) as string)).toBe(true);
});
