import {PassThrough, Readable} from 'node:stream';
import {expect, test} from 'vitest';
import {StreamSource} from '../../../source/sources/stream/stream-source.js';
import {until} from '../../support/until.js';
import {followed, numbered, readAll} from '../collect.js';

const source = (stream: Readable) => new StreamSource({id: '-', name: 'stdin'}, () => stream);

test('reads to the end, by whole lines, with the last newline added', async () => {
	const parts = ['a', 'b\nc', '\n', '\xff\nd\ne', 'f'].map(part => Buffer.from(part, 'latin1'));
	const read = await readAll(source(Readable.from(parts)));
	expect(read.text).toBe('ab\nc\n\xff\nd\nef\n');
	expect(read.texts.every(text => text.endsWith('\n'))).toBe(true);
	expect(read.heads.indexOf(true)).toBe(0);
	expect(read.heads.lastIndexOf(true)).toBe(0);
	expect(read.facts.at(-1)).toMatchObject({log: {id: '-'}, size: 11, read: 12, lines: 5, modified: undefined});
});

test('passes over a line of 20 MB cut into pieces', async () => {
	const long = Array.from({length: 20}, () => Buffer.alloc(1 << 20, 'x'));
	const read = await readAll(source(Readable.from([Buffer.from('a\n'), ...long, Buffer.from('\nb\n')])));
	expect(read.text).toBe('a\nb\n');
	expect(read.problems).toMatchObject([{kind: 'line-too-long', count: 1}]);
});

test('an empty stream is fine', async () => {
	const read = await readAll(source(Readable.from([])));
	expect(read.text).toBe('');
	expect(read.problems).toEqual([]);
});

test('a stream that breaks gives what came before, and a problem', async () => {
	const stream = new PassThrough();
	stream.write('a\n');
	setTimeout(() => stream.destroy(new Error('connection lost')), 10);
	const read = await readAll(source(stream));
	expect(read.text).toBe('a\n');
	expect(read.problems).toMatchObject([{kind: 'unreadable', message: expect.stringContaining('connection lost')}]);
});

test('follow resolves when nothing comes for a moment, and continues', async () => {
	const stream = new PassThrough();
	stream.write(numbered(1, 2));
	const log = await followed(source(stream));
	expect(log.text).toBe(numbered(1, 2));
	stream.write('line 3\nli');
	await until(() => expect(log.text).toBe(numbered(1, 3)));
	stream.end('ne 4');
	await until(() => expect(log.text).toBe(numbered(1, 4)));
});

test('a follower that is stopped ends the stream', async () => {
	const stream = new PassThrough();
	const log = await followed(source(stream));
	await log.stop();
	expect(stream.destroyed).toBe(true);
});
