import {expect, test} from 'vitest';
import {applySgr, blankStyle, styleChange} from '../../source/terminal/style.js';

test.each([
	['', '1;31', '1;31'],
	['', '31;1', '1;31'],
	['1;31', '', ''],
	['1;31', '0', ''],
	['1;31', '39', '1'],
	['1;2;31', '22', '31'],
	['31', '32', '32'],
	['31;41', '49', '31'],
	['', '38;5;208;4', '4;38;5;208'],
	['', '38;2;1;2;3', '38;2;1;2;3'],
	['', '38:2::1:2:3', '38;2;1;2;3'],
	['', '48:5:17;1', '1;48;5;17'],
	['', '58;5;1;31', '31'],
	['', '4:3', '4'],
	['4', '4:0', ''],
	['', '21', '4'],
	['31', '99', '31'],
])('%j then SGR %j looks like %j', (style, parameters, expected) => {
	expect(applySgr(style, parameters)).toBe(expected);
});

test.each([
	['', '31', '\u001B[31m'],
	['31', '', '\u001B[m'],
	['31', '31', ''],
	['31', '32', '\u001B[32m'],
	['1;31', '31', '\u001B[22m'],
	['1;2', '2', '\u001B[;2m'],
	['31;44', '31', '\u001B[49m'],
])('from %j to %j', (from, to, expected) => {
	expect(styleChange(from, to)).toBe(expected);
	expect(applySgr(from, expected.slice(2, -1)) === to || expected === '').toBe(true);
});

test('only what is seen on a space counts there', () => {
	expect(blankStyle('1;31')).toBe('');
	expect(blankStyle('1;31;44')).toBe('44');
	expect(blankStyle('4;31')).toBe('4;31');
	expect(blankStyle('7;31')).toBe('7;31');
});
