import {appendFileSync, mkdirSync, realpathSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {describe, expect, test} from 'vitest';
import {emptyTally} from '../../source/formats/format.js';
import {Glances, glanceOf, rereadIn, stampIn} from '../../source/ingest/glance.js';
import {Ingest} from '../../source/ingest/ingest.js';
import {priceList} from '../../source/metrics/money/pricing.js';
import type {Position} from '../../source/sources/file/position.js';
import {positionsIn} from '../../source/sources/positions.js';
import {SetSource} from '../../source/sources/set/set-source.js';
import {TranscriptTree} from '../../source/sources/set/transcripts/transcript-tree.js';
import type {Cursor} from '../../source/store/cursor.js';
import {openSqliteStore} from '../../source/store/sqlite/file/open.js';
import {withFolder} from '../support/program.js';
import {ingestOptions} from './options.js';

const stamp = {inode: 2 ** 53 - 1, size: 1234, changed: 1_795_913_324_113.8137, settled: true};
const position: Position = {device: '1', inode: '2', offset: 3, head: '', tail: '', stamp};
const {stamp: _stamp, ...unread} = position;
const cursor: Cursor = {
	position,
	format: 'claude-code',
	session: {any: 'thing'},
	tally: {...emptyTally(), candidates: 7, outcomes: 3, untimed: 1},
	isOpen: false,
	read: 1234,
	lines: 12,
};

describe('a glance', () => {
	test('contains all there is to know about a log that has not changed', () => {
		const glance = glanceOf(cursor) as string;
		expect(stampIn(glance)).toEqual(stamp);
		const {format, tally, read, lines} = cursor;
		expect(new Glances().read(glance)).toEqual({format, tally, read, lines});
	});

	test('also of one that nothing recognised', () => {
		const glance = glanceOf({...cursor, format: undefined, tally: emptyTally()}) as string;
		expect(new Glances().read(glance)).toEqual({format: undefined, tally: emptyTally(), read: 1234, lines: 12});
	});

	test('holds what many logs tell once, and no more than it has to', () => {
		const glances = new Glances();
		const {tally} = glances.read(glanceOf(cursor) as string);
		expect(glances.read(glanceOf({...cursor, read: 5}) as string).tally).toBe(tally);
		expect(glances.shared({format: cursor.format, tally: {...cursor.tally}}).tally).toBe(tally);
		for (let repeats = 1; repeats < 3000; repeats++) {
			const other = {...cursor.tally, repeats};
			expect(glances.shared({format: cursor.format, tally: other}).tally).toEqual(other);
		}
	});

	test('identifies everything that was read, if it is read again', () => {
		const glance = glanceOf(cursor, 'AbC/+=') as string;
		expect(rereadIn(glance)).toEqual({read: 1234, lines: 12, print: 'AbC/+=', format: 'claude-code'});
		expect(new Glances().read(glance)).toEqual(new Glances().read(glanceOf(cursor) as string));
		expect(rereadIn(glanceOf(cursor) as string)).toBeUndefined();
	});

	test.each<[string, Partial<Cursor>]>([
		['whose file may have changed unseen', {position: {...position, stamp: {...stamp, settled: false}}}],
		['that was not read to its end', {position: unread}],
		['that is no file', {position: {mark: 'x'} as unknown as Position}],
		['with requests that count for now', {isOpen: true}],
		['that tells sums', {sums: []}],
		['that tells of other logs', {changes: []}],
		['that tells models of other logs', {models: []}],
	])('is not enough for a log %s', (_, other) => {
		expect(glanceOf({...cursor, ...other})).toBeUndefined();
	});
});

const line = (id: string) =>
	`${JSON.stringify({
		parentUuid: null,
		sessionId: 's',
		type: 'assistant',
		timestamp: '2026-01-05T10:00:00Z',
		message: {id: `msg_${id}`, model: 'claude-sonnet-4-5', usage: {input_tokens: 5, output_tokens: 1}},
	})}\n`;

test('a log that has not changed is reported as it was, and continues when lines come', () =>
	withFolder(async folder => {
		const path = join(folder, 'test.db');
		const log = {id: '/a.jsonl', name: 'a.jsonl'};
		const open = () => openSqliteStore({path, sources: ['test'], prices: priceList(), pricesFrom: 'test'});
		const options = {...ingestOptions, now: () => 0, positionOf: () => position};
		const bytes = Buffer.from(line('1'));
		const facts = {log, size: bytes.length, modified: 1};

		const store = open();
		const first = new Ingest(store, options);
		first.lines(log, bytes, true);
		first.caughtUp({...facts, read: bytes.length, lines: 1});
		first.flush(true);
		const [before] = first.readings;
		store.close();

		const again = open();
		expect(again.glance?.(log.id)).toBeDefined();
		const next = new Ingest(again, options);
		next.unchanged({...facts, read: 0, lines: 0});
		expect(next.readings).toEqual([{...before, lastRead: undefined}]);
		const told = next.readings;
		expect(next.readings).toBe(told);

		// The same request, and another.
		const more = Buffer.from(line('1') + line('2'));
		next.lines(log, more, false);
		next.caughtUp({...facts, size: 3 * bytes.length, read: more.length, lines: 2});
		next.flush(true);
		expect(next.readings).toMatchObject([
			{
				format: 'claude-code',
				tally: {outcomes: 2, repeats: 1},
				facts: {size: 3 * bytes.length, read: 3 * bytes.length, lines: 3},
			},
		]);
		expect(again.total).toBe(2);

		// Read as another format, what was told of it as this one does not count.
		const otherwise = new Ingest(again, {
			...options,
			formats: options.formats.filter(({name}) => name !== 'claude-code'),
		});
		otherwise.unchanged({...facts, read: 0, lines: 0});
		expect(otherwise.readings).toMatchObject([{format: undefined, tally: emptyTally(), facts: {lines: 3}}]);
		again.close();
	}));

test('of more logs than are saved together, each has its summary afterwards', () =>
	withFolder(async folder => {
		const transcripts = join(folder, 'transcripts');
		const store = openSqliteStore({
			path: join(folder, 'test.db'),
			sources: ['test'],
			prices: priceList(),
			pricesFrom: 'test',
		});
		const names = Array.from({length: 1100}, (_, number) => `${number}.jsonl`);
		mkdirSync(transcripts);
		for (const name of names) {
			writeFileSync(join(transcripts, name), line(name));
		}
		// A file that was written just now may change unseen.
		await wait(200);
		const source = new SetSource('transcripts', context => new TranscriptTree('transcripts', transcripts, context));
		const reader = new Ingest(store, {...ingestOptions, now: Date.now, ...positionsIn(() => [source])});
		await reader.read([source]);
		const real = realpathSync(transcripts);
		expect(names.filter(name => store.glance(join(real, name)) === undefined)).toEqual([]);
		expect(store.total).toBe(names.length);
		store.close();
	}));

describe('a short transcript that grows', () => {
	const user = `${JSON.stringify({type: 'user', parentUuid: null, sessionId: 's', timestamp: '2026-01-05T09:59:50Z', message: {}})}\n`;
	const part = (output: number) =>
		`${JSON.stringify({
			parentUuid: null,
			sessionId: 's',
			type: 'assistant',
			timestamp: '2026-01-05T10:00:00Z',
			message: {id: 'msg', model: 'claude-sonnet-4-5', usage: {input_tokens: 5, output_tokens: output}},
		})}\n`;

	/** One reading after another, each by a process of its own, of a transcript that is changed before. */
	const readings = async (changes: readonly ((path: string) => void)[]) => {
		const read: Record<'reading' | 'requests' | 'cursor', unknown>[] = [];
		await withFolder(async folder => {
			const transcripts = join(folder, 'transcripts');
			mkdirSync(transcripts);
			const log = join(realpathSync(transcripts), 'a.jsonl');
			for (const change of changes) {
				change(log);
				// A file that was written just now may change unseen.
				await wait(200);
				const path = join(folder, 'test.db');
				const store = openSqliteStore({path, sources: ['test'], prices: priceList(), pricesFrom: 'test'});
				const source = new SetSource(
					'transcripts',
					context => new TranscriptTree('transcripts', transcripts, context),
					{
						stampOf: ({id}) => {
							const glance = store.glance(id);
							return glance === undefined ? undefined : stampIn(glance);
						},
					},
				);
				const reader = new Ingest(store, {...ingestOptions, now: Date.now, ...positionsIn(() => [source])});
				await reader.read([source]);
				const always = {from: Number.MIN_SAFE_INTEGER, to: Number.MAX_SAFE_INTEGER, name: 'all'};
				const requests = store.thread('s', always, {}, 10).map(({request}) => request);
				read.push({reading: reader.readings[0], requests, cursor: store.cursor(log)});
				store.close();
			}
		});
		return read;
	};

	test('is read again without reporting anything twice, and continues as its session would', async () => {
		const [first, second, third] = await readings([
			path => writeFileSync(path, user + part(1)),
			path => appendFileSync(path, part(7)),
			path => writeFileSync(path, user),
		]);
		const bytes = Buffer.byteLength(user + part(1) + part(7));
		expect(first).toMatchObject({cursor: undefined, requests: [{usage: {output: 1}}]});
		// The second line of the answer is a repeat, not a request of its own, and the answer began with the first.
		expect(second).toMatchObject({
			cursor: undefined,
			reading: {facts: {size: bytes, read: bytes, lines: 3}, tally: {candidates: 2, outcomes: 1, repeats: 1}},
			requests: [{line: 3, start: Date.parse('2026-01-05T09:59:50Z'), usage: {output: 7}}],
		});
		// Written anew, it is another log under that name: what was read of it stays.
		expect(third).toMatchObject({reading: {tally: {outcomes: 0}}, requests: [{usage: {output: 7}}]});
	});

	test('keeps what its session saves once it is long', async () => {
		const long = `${JSON.stringify({type: 'user', parentUuid: null, sessionId: 's', message: {content: 'x'.repeat(40_000)}})}\n`;
		const [first, second] = await readings([
			path => writeFileSync(path, user + part(1)),
			path => appendFileSync(path, long + part(7)),
		]);
		expect(first?.cursor).toBeUndefined();
		expect(second).toMatchObject({cursor: {session: {}, lines: 4}, requests: [{usage: {output: 7}}]});
	});
});
