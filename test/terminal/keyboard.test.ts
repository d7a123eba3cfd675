import {EventEmitter} from 'node:events';
import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {Keyboard} from '../../source/terminal/keyboard.js';
import {until} from '../support/until.js';

class FakeInput extends EventEmitter {
	isTTY = true;
	readonly setRawMode = vi.fn();
	readonly ref = vi.fn();
	readonly unref = vi.fn();
	readonly resume = vi.fn();
	readonly pause = vi.fn();
}

beforeEach(() => {
	vi.useFakeTimers();
});

afterEach(() => {
	vi.useRealTimers();
});

/** A keyboard and the keys that someone who reads as Ink does gets from it. */
const open = () => {
	const input = new FakeInput();
	const keyboard = new Keyboard(input);
	const keys: string[] = [];
	keyboard.on('readable', () => {
		for (let key = keyboard.read(); key !== null; key = keyboard.read()) {
			keys.push(key);
		}
	});
	keyboard.setEncoding().ref().setRawMode(true);
	return {input, keyboard, keys};
};

test('leaves the stream alone until keys are wanted', () => {
	const input = new FakeInput();
	const keyboard = new Keyboard(input);
	expect(keyboard.isTTY).toBe(true);
	expect(input.listenerCount('data')).toBe(0);
	expect(input.resume).not.toHaveBeenCalled();
	keyboard.setRawMode(true);
	keyboard.setRawMode(true);
	expect(input.listenerCount('data')).toBe(1);
	expect(input.setRawMode).toHaveBeenLastCalledWith(true);
	keyboard.setRawMode(false);
	expect(input.setRawMode).toHaveBeenLastCalledWith(false);
	expect(input.pause).toHaveBeenCalledOnce();
});

test('joins a character whose bytes came apart', () => {
	const {input, keys} = open();
	for (const byte of Buffer.from('é漢😀')) {
		input.emit('data', Buffer.of(byte));
	}
	expect(keys).toEqual(['é', '漢', '😀']);
});

test('joins a sequence that the network split, and takes a lone ESC for Escape', () => {
	const {input, keys} = open();
	input.emit('data', '\u001B');
	vi.advanceTimersByTime(30);
	input.emit('data', '[A');
	expect(keys).toEqual(['\u001B[A']);
	input.emit('data', '\u001B');
	vi.advanceTimersByTime(39);
	expect(keys).toEqual(['\u001B[A']);
	vi.advanceTimersByTime(1);
	expect(keys).toEqual(['\u001B[A', '\u001B']);
});

test('waits longer for the rest of a sequence, then gives it up', () => {
	const {input, keys} = open();
	input.emit('data', '\u001B[');
	vi.advanceTimersByTime(300);
	input.emit('data', 'B');
	expect(keys).toEqual(['\u001B[B']);
	input.emit('data', '\u001B[1;');
	vi.advanceTimersByTime(400);
	input.emit('data', 'j');
	expect(keys).toEqual(['\u001B[B', 'j']);
});

test('a key behind Escape comes a turn of the event loop later, lest Ink take both for Alt', async () => {
	vi.useRealTimers();
	const {input, keys} = open();
	input.emit('data', '\u001B\u001B\u0003');
	expect(keys).toEqual(['\u001B']);
	await until(() => expect(keys.length).toBeGreaterThan(1));
	await until(() => expect(keys).toEqual(['\u001B', '\u001B', '\u0003']));
});

test('keys that came before anyone read are not lost', async () => {
	vi.useRealTimers();
	const input = new FakeInput();
	const keyboard = new Keyboard(input);
	keyboard.setRawMode(true);
	input.emit('data', 'q');
	const read = vi.fn(() => keyboard.read());
	keyboard.on('readable', read);
	await until(() => expect(read).toHaveReturnedWith('q'));
});

test('pause gives the terminal back and forgets what was typed halfway; resume takes it again', () => {
	const {input, keyboard, keys} = open();
	input.emit('data', '\u001B');
	keyboard.pause();
	expect(input.setRawMode).toHaveBeenLastCalledWith(false);
	vi.advanceTimersByTime(1000);
	keyboard.resume();
	expect(input.setRawMode).toHaveBeenLastCalledWith(true);
	input.emit('data', 'j');
	expect(keys).toEqual(['j']);
});

test('resume does nothing where no keys are wanted', () => {
	const {input, keyboard} = open();
	keyboard.setRawMode(false);
	input.setRawMode.mockClear();
	keyboard.pause().resume();
	expect(input.setRawMode).not.toHaveBeenCalled();
});

test.each(['end', 'close', 'error'])('a terminal that vanished (%s) is reported once', event => {
	const {input, keyboard} = open();
	const gone = vi.fn();
	keyboard.on('gone', gone);
	input.emit(event);
	input.emit('close');
	expect(gone).toHaveBeenCalledOnce();
	input.setRawMode.mockClear();
	keyboard.setRawMode(false);
	expect(input.setRawMode).not.toHaveBeenCalled();
});

test('the end of an input that never was a terminal says nothing', () => {
	const {input, keyboard} = open();
	const gone = vi.fn();
	keyboard.on('gone', gone);
	input.isTTY = false;
	input.emit('end');
	expect(gone).not.toHaveBeenCalled();
});

test('ref and unref reach the stream', () => {
	const {input, keyboard} = open();
	keyboard.unref();
	expect(input.ref).toHaveBeenCalledOnce();
	expect(input.unref).toHaveBeenCalledOnce();
});

test('what the mouse does is no key', () => {
	const {input, keyboard, keys} = open();
	const actions: unknown[] = [];
	keyboard.on('mouse', action => actions.push(action));
	input.emit('data', 'a\u001B[<0;12;7M\u001B[<0;12;7m\u001B[<64;1;1Mb\u001B[<4;9;9M');
	expect(keys).toEqual(['a', 'b']);
	expect(actions).toEqual([
		{kind: 'press', column: 11, row: 6},
		{kind: 'wheel', direction: -1, column: 0, row: 0},
	]);
});
