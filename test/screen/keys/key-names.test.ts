import {expect, test} from 'vitest';
import {keyName, keyText} from '../../../source/screen/keys/key-names.js';

test('names keys as a terminal sends them', () => {
	expect(keyName('q', {})).toBe('q');
	expect(keyName(' ', {})).toBe('space');
	expect(keyName('c', {ctrl: true})).toBe('ctrl-c');
	expect(keyName('', {pageUp: true, meta: true})).toBe('pageup');
	expect(keyName('', {escape: true, meta: true})).toBe('escape');
	expect(keyName('q', {meta: true})).toBe('alt-q');
	expect(keyName('', {return: true})).toBe('enter');
	expect(keyName('', {tab: true})).toBe('tab');
	expect(keyName('', {tab: true, shift: true})).toBe('shift-tab');
	expect(keyName('', {delete: true})).toBe('backspace');
	expect(keyName('', {leftArrow: true})).toBe('left');
});

test('pasted text is no key, and keys write no text', () => {
	expect(keyName('pageup', {})).toBe('');
	expect(keyText('pageup', {})).toBe('pageup');
	expect(keyText('模\n', {})).toBe('模');
	expect(keyText('c', {ctrl: true})).toBe('');
	expect(keyText('q', {meta: true})).toBe('');
	expect(keyText('\r', {return: true})).toBe('');
});
