import {expect, test} from 'vitest';
import {Ingest} from '../../source/ingest/ingest.js';
import {priceList} from '../../source/metrics/money/pricing.js';
import {MemoryStore} from '../../source/store/memory/memory-store.js';
import {allOf} from '../support/recount.js';
import {ingestOptions} from './options.js';

const log = {id: '/worker.log', name: 'worker.log'};
const usageLine =
	'{"time":"2025-10-20T08:15:30Z","model":"claude-sonnet-4-5","usage":{"input_tokens":5,"cache_read_input_tokens":900,"output_tokens":1}}\n';
const event = (text: string, second: number) =>
	`2025-10-20T08:15:${second}.123456Z [info     ] ${text} thread_id=${'t'.repeat(5000)}\n`;

const position = {device: '1', inode: '2', offset: 3, head: '', tail: ''};
const options = {...ingestOptions, now: () => 0, positionOf: () => position};

const ingest = () => {
	const store = new MemoryStore(priceList());
	const reader = new Ingest(store, options);
	const read = (text: string) => {
		reader.lines(log, Buffer.from(text), false);
		reader.flush();
	};
	return {store, read, reader};
};

test('a log of two programs is known by the stricter format, and each line is read by what knows it', () => {
	const {store, read, reader} = ingest();
	read(usageLine);
	expect(allOf(store).map(({id}) => id.split(':')[0])).toEqual(['usage']);
	read(event('LLM API call: claude-sonnet-4-5 (2 messages)', 40));
	read(event('💰 Usage type: EXACT - prompt=900, completion=5, cache_read=500, cache_creation=0', 41));
	expect(allOf(store).map(({usage}) => usage?.cacheRead)).toEqual([900, 500]);
	expect(reader.readings[0]?.format).toBe('agentpress');
});

test('names are of bounded length, and still tell threads apart', () => {
	const {store, read} = ingest();
	for (const end of ['a', 'b']) {
		read(event('LLM API call: m (2 messages)', 42).replace(/t\n$/, `${end}\n`));
		read(
			event('💰 Usage type: EXACT - prompt=900, completion=5, cache_read=500, cache_creation=0', 43).replace(
				/t\n$/,
				`${end}\n`,
			),
		);
	}
	const threads = allOf(store).map(({thread}) => thread ?? '');
	expect(new Set(threads).size).toBe(2);
	expect(Math.max(...threads.map(({length}) => length))).toBeLessThanOrEqual(200);
});

test('a line that may still be completed counts for now, and is not kept', () => {
	const {store, read, reader} = ingest();
	read(event('LLM API call: claude-sonnet-4-5 (2 messages)', 40));
	const whole = event('💰 Usage type: EXACT - prompt=900, completion=5, cache_read=500, cache_creation=0', 41);
	reader.unfinished(log, Buffer.from(whole.replace('cache_read=500', 'cache_read=50')), false);
	reader.flush();
	expect(allOf(store).map(({usage}) => usage?.cacheRead)).toEqual([50]);
	read(whole);
	expect(allOf(store).map(({usage}) => usage?.cacheRead)).toEqual([500]);
});

test('another process continues where this one was, in the middle of a request', () => {
	const {store, read} = ingest();
	read(event('LLM API call: claude-sonnet-4-5 (2 messages)', 40));
	expect(allOf(store)).toHaveLength(1);
	const next = new Ingest(store, options);
	next.lines(
		log,
		Buffer.from(event('💰 Usage type: EXACT - prompt=900, completion=5, cache_read=500, cache_creation=0', 41)),
		false,
	);
	next.flush();
	expect(allOf(store).map(({model, usage}) => [model, usage?.cacheRead])).toEqual([['claude-sonnet-4-5', 500]]);
});

const answer = (id: string, output: number) =>
	`${JSON.stringify({
		parentUuid: null,
		sessionId: 's',
		type: 'assistant',
		timestamp: '2025-10-20T08:15:30Z',
		message: {id, model: 'claude-sonnet-4-5', usage: {input_tokens: 5, output_tokens: output}},
	})}\n`;

test('of thousands of logs, each continues where it was', () => {
	const {store, reader} = ingest();
	const logs = Array.from({length: 2000}, (_, index) => ({id: `/${index}.jsonl`, name: `${index}.jsonl`}));
	for (const [index, each] of logs.entries()) {
		reader.lines(each, Buffer.from(answer(`msg_${index}`, 1)), true);
	}
	reader.flush(true);
	reader.lines(logs[0] as (typeof logs)[0], Buffer.from(answer('msg_0', 7)), false);
	reader.flush(true);
	expect(reader.readings[0]?.tally).toMatchObject({candidates: 2, outcomes: 1, repeats: 1});
	expect(reader.readings[1]?.tally).toMatchObject({candidates: 1, outcomes: 1, repeats: 0});
	expect(allOf(store)).toHaveLength(2000);
	expect(allOf(store).reduce((sum, {usage}) => sum + (usage?.output ?? 0), 0)).toBe(2006);
});

test('a log that had not changed continues where another process is by then', () => {
	const {store, reader} = ingest();
	const lines = (to: Ingest, text: string) => {
		to.lines(log, Buffer.from(text), false);
		to.caughtUp({log, size: 1, read: text.length, lines: 1, modified: 1});
		to.flush(true);
	};
	lines(reader, answer('msg_1', 1));
	const next = new Ingest(store, options);
	next.unchanged({log, size: 1, read: 0, lines: 0, modified: 1});
	expect(next.readings).toMatchObject([{format: 'claude-code', tally: {outcomes: 1}, facts: {lines: 1}}]);
	lines(new Ingest(store, options), answer('msg_2', 2));
	lines(next, answer('msg_2', 7));
	expect(next.readings).toMatchObject([{tally: {outcomes: 2, repeats: 1}, facts: {lines: 3}}]);
	expect(allOf(store).map(({usage}) => usage?.output)).toEqual([1, 7]);
});

test('what was read before a kill counts, though the end of the log was not reached', () => {
	const {store, reader} = ingest();
	const [first, second] = [answer('msg_1', 1) + answer('msg_2', 2), answer('msg_3', 3)];
	reader.lines(log, Buffer.from(first), true);
	reader.flush(true);
	const next = new Ingest(store, options);
	next.lines(log, Buffer.from(second), false);
	next.caughtUp({log, size: 1, read: second.length, lines: 1, modified: 1});
	expect(next.readings).toMatchObject([{facts: {lines: 3, read: first.length + second.length}}]);
});

test('a last line without its end counts once, however often it is read again', () => {
	const {store, reader} = ingest();
	const read = (to: Ingest, text: string) => {
		to.lines(log, Buffer.from(text), false);
		to.unfinished(log, Buffer.from(answer('msg_9', 9).trimEnd()), false);
		to.caughtUp({log, size: 1, read: 2 * text.length, lines: 2, modified: 1});
		to.flush(true);
	};
	read(reader, answer('msg_1', 1));
	const next = new Ingest(store, options);
	read(next, answer('msg_2', 2));
	expect(next.readings).toMatchObject([{facts: {lines: 3}}]);
});

test('the state of logs is recomputed only if something changed', () => {
	const {reader} = ingest();
	const other = {id: '/other.log', name: 'other.log'};
	reader.lines(log, Buffer.from(answer('msg_1', 1)), true);
	reader.lines(other, Buffer.from(answer('msg_2', 2)), true);
	reader.flush(true);
	const before = reader.readings;
	reader.flush(true);
	expect(reader.readings).toBe(before);
	reader.lines(other, Buffer.from(answer('msg_2', 7)), false);
	const after = reader.readings;
	expect(after[0]).toBe(before[0]);
	expect(after.map(({tally}) => tally.repeats)).toEqual([0, 1]);
	expect(before.map(({tally}) => tally.repeats)).toEqual([0, 0]);
});

test.each([true, false])(
	'of many logs, those without news for long are let go, and go on where they were when lines come (by their source: %s)',
	isLetGo => {
		const store = new MemoryStore(priceList());
		const rested: string[] = [];
		const onRest = (id: string) => {
			rested.push(id);
			return isLetGo;
		};
		const reader = new Ingest(store, {...options, onRest});
		const read = (number: number, output: number) => {
			const each = {id: `/${number}.jsonl`, name: `${number}.jsonl`};
			const bytes = Buffer.from(answer(`msg_${number}`, output));
			reader.lines(each, bytes, output === 1);
			const times = isLetGo ? 1 : output;
			reader.caughtUp({log: each, size: bytes.length * output, read: bytes.length * times, lines: times, modified: 1});
		};
		for (let number = 0; number < 74; number++) {
			read(number, 1);
		}
		reader.flush(true);
		expect(rested).toEqual(Array.from({length: 10}, (_, number) => `/${number}.jsonl`));
		const before = reader.readings[3];
		read(3, 2);
		reader.flush(true);
		expect(before).toMatchObject({format: 'claude-code', tally: {outcomes: 1, repeats: 0}, facts: {lines: 1}});
		expect(reader.readings[3]).toMatchObject({
			format: 'claude-code',
			tally: {outcomes: 1, repeats: 1},
			facts: {lines: 2, read: before ? before.facts.read * 2 : 0},
		});
		expect(allOf(store)).toHaveLength(74);
	},
);

test('that a log was missing is over when there is a file again, also where it is empty', () => {
	const {reader} = ingest();
	const facts = {log, size: 0, read: 0, lines: 0};
	reader.problem({kind: 'missing', name: log.name, message: 'is gone', count: 1});
	reader.caughtUp({...facts, modified: undefined});
	expect(reader.problems).toHaveLength(1);
	reader.caughtUp({...facts, modified: 1});
	expect(reader.problems).toEqual([]);
});

test('a document over several lines is read although its last line, which identifies it, is incomplete', () => {
	const {store, reader} = ingest();
	const document = JSON.stringify({page: 1, data: [JSON.parse(usageLine)]}, null, 2);
	const [lines, last] = [document.slice(0, -1), document.slice(-1)];
	reader.lines(log, Buffer.from(lines), true);
	reader.unfinished(log, Buffer.from(last), false);
	reader.flush();
	expect(allOf(store).map(({usage}) => usage?.cacheRead)).toEqual([900]);
	reader.lines(log, Buffer.from(`${last}\n`), false);
	reader.flush();
	expect(allOf(store).map(({usage}) => usage?.cacheRead)).toEqual([900]);
});

test('the form of lines that nothing recognises is told, kept, and given up when a format is found', () => {
	const store = new MemoryStore(priceList());
	const open = () => {
		const reader = new Ingest(store, options);
		const read = (text: string) => {
			reader.lines(log, Buffer.from(text), false);
			reader.flush(true);
		};
		return {reader, read};
	};
	const first = open();
	first.read('\n');
	expect(first.reader.readings[0]?.form).toBeUndefined();
	first.read('{"level":"info","msg":"a"}\n');
	const form = {kind: 'json', names: ['level', 'msg']};
	expect(first.reader.readings[0]?.form).toEqual(form);
	const later = open();
	later.read('something else\n');
	expect(later.reader.readings[0]?.form).toEqual(form);
	later.read(usageLine);
	expect(later.reader.readings[0]).toMatchObject({format: 'usage-lines'});
	expect(later.reader.readings[0]?.form).toBeUndefined();
});
