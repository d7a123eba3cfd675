import {expect, test} from 'vitest';
import {cursorAt, locate, unmoved} from '../../../source/screen/lists/list-cursor.js';

const list = (keys: string, rows = 3) => ({count: keys.length, rows, indexOf: (key: string) => keys.indexOf(key)});
const keyIn = (keys: string) => (index: number) => keys[index];

test('an unmoved cursor is at the beginning, whatever comes', () => {
	expect(locate(unmoved, list('abcde'))).toEqual({count: 5, selected: 0, first: 0, rows: 3});
	expect(locate(unmoved, list('xabcde')).selected).toBe(0);
	expect(locate(unmoved, list('abcde'), 3)).toMatchObject({selected: 3, first: 2});
});

test('the screen scrolls only as far as needed', () => {
	let position = locate(unmoved, list('abcdefg'));
	const firsts = [1, 2, 3, 2, 1, 0].map(to => {
		position = locate(cursorAt(position, to, keyIn('abcdefg')), list('abcdefg'));
		expect(position.selected).toBe(to);
		return position.first;
	});
	expect(firsts).toEqual([0, 0, 1, 1, 1, 0]);
});

test('a chosen row stays where it is on the screen when others come above it', () => {
	const cursor = cursorAt(locate(unmoved, list('abcdefg')), 1, keyIn('abcdefg'));
	expect(locate(cursor, list('xyzabcdefg'))).toMatchObject({selected: 4, first: 3});
});

test('a row that is gone leaves its place', () => {
	const cursor = cursorAt(locate(unmoved, list('abcdefg')), 4, keyIn('abcdefg'));
	expect(locate(cursor, list('abcdfg')).selected).toBe(4);
	expect(locate(cursor, list('ab')).selected).toBe(1);
	expect(locate(cursor, list(''))).toMatchObject({selected: 0, first: 0, count: 0});
});

test('beyond the ends lie the ends', () => {
	const position = locate(unmoved, list('abcdefg'));
	expect(cursorAt(position, 99, keyIn('abcdefg'))).toMatchObject({key: 'g', index: 6});
	expect(cursorAt(position, -5, keyIn('abcdefg'))).toMatchObject({key: 'a', index: 0});
});

test('fewer rows keep the selection in sight', () => {
	const cursor = cursorAt(locate(unmoved, list('abcdefg', 7)), 6, keyIn('abcdefg'));
	expect(locate(cursor, list('abcdefg', 2))).toMatchObject({selected: 6, first: 5});
});
