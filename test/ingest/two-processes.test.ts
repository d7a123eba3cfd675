import {appendFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {basename, dirname, join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test, vi} from 'vitest';
import {Ingest} from '../../source/ingest/ingest.js';
import {SavedReadings} from '../../source/ingest/saved-readings.js';
import {priceList} from '../../source/metrics/money/pricing.js';
import {closeFile, openFile} from '../../source/sources/file/open-file.js';
import {type Position, positionAt} from '../../source/sources/file/position.js';
import {positionsIn} from '../../source/sources/positions.js';
import {resolveSources} from '../../source/sources/resolve.js';
import {openSqliteStore} from '../../source/store/sqlite/file/open.js';
import {forgetLog} from '../../source/store/sqlite/file/upkeep.js';
import {ingestOptions} from './options.js';

let folder = '';
beforeEach(() => {
	folder = realpathSync(mkdtempSync(join(tmpdir(), 'hitrate-processes-')));
	mkdirSync(join(folder, 'logs'));
	// Of what was written long ago, short logs have a summary instead of a cursor.
	vi.useFakeTimers({toFake: ['Date'], now: Date.now() + 60_000});
});
afterEach(() => {
	vi.useRealTimers();
	rmSync(folder, {recursive: true, force: true});
});

const time = (second: number): string => new Date(Date.UTC(2026, 10, 1) + second * 1000).toISOString();

const sumsOfDays = (from: number, count: number): string =>
	Array.from({length: count}, (_, index) => `2026-11-01,model-${(from + index) % 3},9510,9000,50,2\n`).join('');
const header = 'date,model,input_tokens,cached_tokens,output_tokens,num_requests\n';

const usage = (from: number, count: number): string =>
	Array.from(
		{length: count},
		(_, index) =>
			`${JSON.stringify({
				time: time(from + index),
				model: 'claude-sonnet-4-5',
				usage: {input_tokens: 5, cache_read_input_tokens: 900, output_tokens: from + index},
			})}\n`,
	).join('');

/** Answers of two lines each, of which only the later has all tokens. */
const answers =
	(session: string, padding = 0) =>
	(from: number, count: number): string =>
		Array.from({length: 2 * count}, (_, index) => {
			const number = from + (index >> 1);
			return `${JSON.stringify({
				parentUuid: null,
				sessionId: session,
				type: 'assistant',
				timestamp: time(number),
				message: {
					id: `${session}-${number}`,
					model: 'claude-sonnet-4-5',
					content: 'x'.repeat(padding),
					usage: {input_tokens: 5, cache_read_input_tokens: 900, output_tokens: 1 + (index % 2)},
				},
			})}\n`;
		}).join('');

/** Calls without an outcome before those with one: the state between two lines is more than their number. */
const events = (from: number, count: number): string => {
	const lines = (text: string) =>
		Array.from(
			{length: count},
			(_, index) =>
				`${time(from + index).replace('.000Z', '.123456Z')} [info     ] ${text.replace('#', String(from + index))} thread_id=t${index % 4}\n`,
		).join('');
	return (
		lines('LLM API call: claude-sonnet-4-5 (2 messages)') +
		lines('💰 Usage type: EXACT - prompt=9000, completion=#, cache_read=500, cache_creation=0')
	);
};

/** One of two processes with a store on the same file. @param onBegin called when its source begins to read a log */
const processOf = async (name: string, target: string, onBegin: () => void = () => {}) => {
	const store = openSqliteStore({path: join(folder, name), sources: ['test'], prices: priceList(), pricesFrom: 'test'});
	const saved = new SavedReadings(store);
	const {sources} = await resolveSources([target], {
		resume: ({id}) => {
			const position = saved.beginFile(id);
			onBegin();
			// As a screen does: from then on it knows what the other process has saved.
			expect(store.version).toBeGreaterThanOrEqual(0);
			return position;
		},
		positionOf: ({id}) => saved.positionOf(id),
		stampOf: ({id}) => saved.stampOf(id),
	});
	const ingest = new Ingest(store, {...ingestOptions, saved, ...positionsIn(() => sources)});
	return {
		/** Reads without saving. */
		read: async () => {
			for (const source of sources) {
				await source.read(ingest);
			}
		},
		save: () => ingest.flush(true),
		told: () => {
			const always = {from: Number.MIN_SAFE_INTEGER, to: Number.MAX_SAFE_INTEGER, name: 'all'};
			const readings = ingest.readings
				.map(({facts: {log, read, lines}, tally, sums}) => ({log: log.id, read, lines, tally, sums}))
				.sort((one, other) => (one.log < other.log ? -1 : 1));
			const requests = store
				.requests(always, {}, 100_000)
				.map(({request: {id, usage: counts, line}}) => ({id, counts, line}))
				.sort((one, other) => (one.id < other.id ? -1 : 1));
			return {readings, requests};
		},
		/** As if killed: nothing more is saved. */
		end: () => store.close(),
	};
};

/** What a process says that reads the same logs without any other. */
const alone = async (target: string) => {
	const process = await processOf('alone.db', target);
	await process.read();
	process.save();
	const told = process.told();
	process.end();
	rmSync(join(folder, 'alone.db'));
	return told;
};

type Written = readonly (readonly [name: string, write: (from: number, count: number) => string])[];

const kinds: readonly (readonly [string, string, Written])[] = [
	['a table of sums', 'logs/days.csv', [['days.csv', sumsOfDays]]],
	['several tables of sums', 'logs', ['a.log', 'b.log', 'c.log'].map(name => [name, sumsOfDays] as const)],
	['usage lines', 'logs/worker.log', [['worker.log', usage]]],
	['events of calls and outcomes', 'logs/worker.log', [['worker.log', events]]],
	['a transcript', 'logs/one.jsonl', [['one.jsonl', answers('one')]]],
	[
		'a folder of short transcripts',
		'logs/projects',
		Array.from({length: 5}, (_, index) => [`projects/x/${index}.jsonl`, answers(`s${index}`)] as const),
	],
	[
		'a folder of long transcripts',
		'logs/projects',
		Array.from({length: 3}, (_, index) => [`projects/x/${index}.jsonl`, answers(`s${index}`, 9000)] as const),
	],
];

describe.each(kinds)('of two processes that read %s at once', (_, named, written) => {
	const target = () => join(folder, named);
	let count = 0;
	const grow = (more: number) => {
		for (const [name, write] of written) {
			const path = join(folder, 'logs', name);
			mkdirSync(dirname(path), {recursive: true});
			if (count === 0) {
				writeFileSync(path, write === sumsOfDays ? header : '');
			}
			appendFileSync(path, write(count, more));
		}
		count += more;
	};
	beforeEach(() => {
		count = 0;
		grow(8);
	});

	/** What the next process says is what one alone would say, of what is there and of what is written later. */
	const expectTrue = async () => {
		for (const more of [0, 3]) {
			grow(more);
			const next = await processOf('shared.db', target());
			await next.read();
			next.save();
			expect(next.told()).toEqual(await alone(target()));
			next.end();
		}
	};

	test.each([
		['the store is new', 0, 0],
		['the store is new and the log grows between them', 0, 4],
		['the store knows the beginning', 5, 0],
		['the store knows the beginning and the log grows between them', 5, 4],
	])('one that saves while the other has begun changes nothing for it: %s', async (_case, known, growing) => {
		if (known > 0) {
			const before = await processOf('shared.db', target());
			await before.read();
			before.save();
			before.end();
			grow(known);
		}
		const first = await processOf('shared.db', target());
		await first.read();
		grow(growing);
		const second = await processOf('shared.db', target(), first.save);
		await second.read();
		second.save();
		expect(second.told()).toEqual(await alone(target()));
		first.end();
		second.end();
		await expectTrue();
	});

	test.each([0, 4])('nor does one that saves last, behind the other (%i lines behind)', async behind => {
		const slow = await processOf('shared.db', target());
		await slow.read();
		grow(behind);
		const fast = await processOf('shared.db', target());
		await fast.read();
		fast.save();
		slow.save();
		fast.end();
		slow.end();
		await expectTrue();
	});

	test('nor does one that is killed before it saves', async () => {
		const killed = await processOf('shared.db', target());
		await killed.read();
		grow(2);
		const other = await processOf('shared.db', target());
		await other.read();
		killed.end();
		other.save();
		other.end();
		await expectTrue();
	});
});

/** A process that follows a file, piece by piece, until it is killed. */
const screenOn = (path: string) => {
	const log = {id: path, name: basename(path)};
	const store = openSqliteStore({
		path: join(folder, 'shared.db'),
		sources: ['test'],
		prices: priceList(),
		pricesFrom: 'test',
	});
	let position: Position | undefined;
	const ingest = new Ingest(store, {...ingestOptions, positionOf: () => position});
	/** @param isFinal true saves the position as well */
	const read = (text: string, isFinal: boolean) => {
		const file = openFile(path);
		const [offset, count] = [position?.offset ?? 0, position?.lines ?? 0];
		position = {...positionAt(file, offset + text.length), lines: count + text.split('\n').length - 1};
		closeFile(file);
		ingest.lines(log, Buffer.from(text), offset === 0, count);
		ingest.flush(isFinal);
	};
	return {read, kill: () => store.close()};
};

/** What the next process says is what one alone would say. */
const expectNextTrue = async (path: string) => {
	const next = await processOf('shared.db', path);
	await next.read();
	next.save();
	expect(next.told()).toEqual(await alone(path));
	next.end();
};

test('what a screen saves behind another process is read again if it is killed before it saves its position', async () => {
	const path = join(folder, 'logs', 'one.jsonl');
	writeFileSync(path, answers('one')(0, 8));
	const lines = answers('one')(0, 2).split(/(?<=\n)/);
	const screen = screenOn(path);
	screen.read(`${lines[0]}${lines[1]}`, true);
	const other = await processOf('shared.db', path);
	await other.read();
	other.save();
	other.end();
	// The first line of an answer has fewer tokens than the second, which the other process has saved.
	screen.read(`${lines[2]}`, false);
	screen.kill();
	await expectNextTrue(path);
});

test.each(['this one', 'another one'])(
	'a log that a screen follows while %s is forgotten is read again',
	async which => {
		const path = join(folder, 'logs', 'one.jsonl');
		const other = join(folder, 'logs', 'other.jsonl');
		writeFileSync(path, answers('one')(0, 3));
		if (which === 'another one') {
			// Nothing of a copy counts but what the other log has not; once that is forgotten, all of it does.
			writeFileSync(other, answers('one')(0, 2));
			const reader = await processOf('shared.db', other);
			await reader.read();
			reader.save();
			reader.end();
		}
		const screen = screenOn(path);
		screen.read(answers('one')(0, 2), true);
		expect(forgetLog(join(folder, 'shared.db'), which === 'this one' ? path : other)).toBe(true);
		screen.read(answers('one')(2, 1), true);
		screen.kill();
		await expectNextTrue(path);
	},
);
