import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {FrameSink} from '../../source/terminal/frame-sink.js';
import {createModel, FakeOutput, feed, screenText} from './fixtures/terminal-model.js';

beforeEach(() => {
	vi.useFakeTimers();
});

afterEach(() => {
	vi.useRealTimers();
});

const open = (columns = 100, rows = 30) => {
	const output = new FakeOutput(columns, rows);
	const sink = new FrameSink(output);
	sink.enter();
	return {output, sink};
};

const show = (sink: FrameSink, frame: string) => {
	sink.write(frame);
	sink.flush();
};

/** The model of a terminal works in time slices of its own. */
const feedWithRealTimers = async (model: ReturnType<typeof createModel>, data: string) => {
	vi.useRealTimers();
	await feed(model, data);
	vi.useFakeTimers();
};

/** A page as the monitor draws one: a box full of rows, with a coloured number in one of them. */
const page = (number: string) => {
	const inner = 98;
	const rows = Array.from({length: 28}, (_, index) => `│${` requests ${index * 7}`.padEnd(inner)}│`);
	rows[13] = `│${' '.repeat(40)}\u001B[1m\u001B[32m${number}\u001B[39m\u001B[22m${' '.repeat(58 - number.length)}│`;
	return [`╭${'─'.repeat(inner)}╮`, ...rows, `╰${'─'.repeat(inner)}╯`].join('\n');
};

test('one number that changes costs no more than 64 bytes at 100x30', () => {
	const {output, sink} = open();
	show(sink, page('81.2 %'));
	output.take();
	const before = sink.stats;
	show(sink, page('79.4 %'));
	const bytes = Buffer.byteLength(output.take());
	expect(bytes).toBeGreaterThan(0);
	expect(bytes).toBeLessThanOrEqual(32);
	expect(sink.stats).toEqual({
		frames: before.frames + 1,
		bytes: before.bytes + bytes,
	});
});

test('a frame that is the same costs nothing', () => {
	const {output, sink} = open();
	show(sink, page('81.2 %'));
	const before = sink.stats;
	output.take();
	show(sink, page('81.2 %'));
	show(sink, page('81.2 %').replaceAll('\u001B[1m\u001B[32m', '\u001B[32;1m'));
	expect(output.take()).toBe('');
	expect(sink.stats).toEqual(before);
});

test('large frames are synchronized, small ones need not be', () => {
	const {output, sink} = open();
	show(sink, page('1'));
	expect(output.take()).toMatch(/\u001B\[\?2026h[\s\S]*\u001B\[\?2026l$/);
	show(sink, page('2'));
	expect(output.take()).not.toContain('2026');
});

test('of many frames in a short time the newest is shown, at most twelve times a second', () => {
	const {output, sink} = open();
	output.take();
	for (let frame = 0; frame < 1000; frame++) {
		sink.write(`frame ${frame}`);
		vi.advanceTimersByTime(1);
	}
	vi.advanceTimersByTime(100);
	expect(sink.stats.frames).toBeGreaterThanOrEqual(12);
	expect(sink.stats.frames).toBeLessThanOrEqual(14);
	expect(sink.snapshotLines()).toEqual(['frame 999']);
});

test('a first frame waits for the end of the tick only', () => {
	const {output, sink} = open();
	output.take();
	sink.write('half');
	sink.write('whole');
	vi.advanceTimersByTime(1);
	expect(output.take()).toContain('whole');
	expect(sink.stats.frames).toBe(1);
});

test('a full line gets the newest frame when it is free, and none between', async () => {
	const {output, sink} = open(20, 3);
	const model = createModel(20, 3);
	show(sink, 'one');
	output.accepts = false;
	show(sink, 'two');
	await feedWithRealTimers(model, output.take());
	for (const frame of ['three', 'four', 'five']) {
		sink.write(frame);
		vi.advanceTimersByTime(500);
	}
	expect(output.take()).toBe('');
	output.accepts = true;
	output.emit('drain');
	await feedWithRealTimers(model, output.take());
	expect(screenText(model)[0]).toBe('five');
	expect(sink.stats.frames).toBe(3);
});

test('a resize repaints everything in the new size', async () => {
	const {output, sink} = open(20, 3);
	const model = createModel(20, 3);
	const resized = vi.fn(() => sink.write(`${sink.columns}x${sink.rows}`));
	sink.on('resize', resized);
	show(sink, 'old old old old old\nold\nold');
	await feedWithRealTimers(model, output.take());
	model.resize(12, 2);
	Object.assign(output, {columns: 12, rows: 2});
	output.emit('resize');
	vi.advanceTimersByTime(100);
	await feedWithRealTimers(model, output.take());
	expect(resized).toHaveBeenCalledOnce();
	expect(screenText(model)).toEqual(['12x2', '']);
});

test('redraw restores a screen that something else wrote over', async () => {
	const {output, sink} = open(20, 3);
	const model = createModel(20, 3);
	show(sink, 'one\n\nthree');
	await feedWithRealTimers(model, `${output.take()}\u001B[2;1HBroadcast message`);
	sink.redraw();
	await feedWithRealTimers(model, output.take());
	expect(screenText(model)).toEqual(['one', '', 'three']);
});

test('what does not fit is cut', async () => {
	const {output, sink} = open(5, 2);
	const model = createModel(5, 2);
	show(sink, 'abcdefgh\nabcd漢\nmore');
	await feedWithRealTimers(model, output.take());
	expect(screenText(model)).toEqual(['abcde', 'abcd']);
});

test('a character whose width terminals dispute does not move what follows', async () => {
	const {output, sink} = open(20, 1);
	const model = createModel(20, 1);
	show(sink, 'a😀b');
	show(sink, 'a😀c');
	show(sink, 'x👨‍👩‍👧c❤️d');
	await feedWithRealTimers(model, output.take());
	const line = model.buffer.active.getLine(0);
	expect(line?.getCell(3)?.getChars()).toBe('c');
	expect(line?.getCell(6)?.getChars()).toBe('d');
});

test('enters and leaves once, and never touches the scrollback', async () => {
	const output = new FakeOutput(20, 3);
	const sink = new FrameSink(output);
	const model = createModel(20, 3);
	await feedWithRealTimers(model, 'first\r\nsecond\r\nthird\r\nprompt$');
	show(sink, 'before');
	expect(output.data).toBe('');
	sink.enter();
	sink.enter();
	show(sink, 'screen');
	sink.redraw();
	const done = vi.fn();
	sink.leave(done);
	sink.leave(done);
	show(sink, 'after');
	const data = output.take();
	expect(data.split('\u001B[?1049h')).toHaveLength(2);
	expect(data.split('\u001B[?1049l')).toHaveLength(2);
	expect(data).not.toContain('\u001B[3J');
	expect(data).not.toContain('after');
	expect(done).toHaveBeenCalledTimes(2);
	await feedWithRealTimers(model, data);
	expect(screenText(model)).toEqual(['second', 'third', 'prompt$']);
	expect(model.buffer.active.baseY).toBe(1);
});

test('mode switches that Ink sends are not frames', () => {
	const {output, sink} = open();
	show(sink, 'frame');
	output.take();
	for (const data of ['\u001B[?25h', '\u001B[>1u', '\n', '']) {
		show(sink, data);
	}
	expect(output.take()).toBe('');
	expect(sink.snapshotLines()).toEqual(['frame']);
});

test('calls back after a write, as streams do', async () => {
	const {sink} = open();
	const callback = vi.fn();
	sink.write('frame', callback);
	await Promise.resolve();
	expect(callback).toHaveBeenCalledOnce();
});

test('a terminal that can no longer be written to is reported once and left alone', () => {
	const {output, sink} = open();
	const gone = vi.fn();
	sink.on('gone', gone);
	output.emit('error');
	output.emit('error');
	output.take();
	show(sink, 'frame');
	sink.leave();
	expect(gone).toHaveBeenCalledOnce();
	expect(output.take()).toBe('');
});

test('a terminal that does not know its size has 80x24', () => {
	const sink = new FrameSink(new FakeOutput());
	expect([sink.isTTY, sink.columns, sink.rows]).toEqual([true, 80, 24]);
});

test('asks for the mouse only where it is wanted, and gives it back', () => {
	const asked = (mouse: boolean) => {
		const output = new FakeOutput(100, 30);
		const sink = new FrameSink(output, {mouse});
		sink.enter();
		sink.leave();
		sink.enter();
		sink.leave();
		return (output.data.match(/\u001B\[\?100[06][hl]/g) ?? []).join('').replaceAll('\u001B[?', '');
	};
	expect(asked(true)).toBe('1000h1006h1006l1000l1000h1006h1006l1000l');
	expect(asked(false)).toBe('');
});
