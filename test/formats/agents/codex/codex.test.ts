import {describe, expect, test} from 'vitest';
import {codex} from '../../../../source/formats/agents/codex/codex.js';
import {Requests, readAll, readInto, toLines, totalsOf} from '../read-transcript.js';

type Counts = readonly [input: number, cached: number, output: number, written?: number];

const at = (second: number) => new Date(Date.UTC(2026, 9, 21, 20, 0, second)).toISOString();
const counts = ([input, cached, output, written]: Counts) => ({
	input_tokens: input,
	cached_input_tokens: cached,
	...(written !== undefined && {cache_write_input_tokens: written}),
	output_tokens: output,
	reasoning_output_tokens: Math.floor(output / 2),
	total_tokens: input + output,
});
const meta = (id: string, second = 0, forkedFrom?: string) => ({
	timestamp: at(second),
	type: 'session_meta',
	payload: {
		id,
		cwd: '/home/ada/engine',
		git: {branch: 'main'},
		cli_version: '0.145.0',
		...(forkedFrom && {forked_from_id: forkedFrom}),
	},
});
const turn = (model: string) => ({
	timestamp: at(1),
	type: 'turn_context',
	payload: {cwd: '/home/ada/engine', model, summary: 'auto'},
});
const count = (second: number, total: Counts, last?: Counts) => ({
	timestamp: at(second),
	type: 'event_msg',
	payload: {
		type: 'token_count',
		info: {
			total_token_usage: counts(total),
			...(last && {last_token_usage: counts(last)}),
			model_context_window: 272_000,
		},
		rate_limits: null,
	},
});
const limits = {timestamp: at(1), type: 'event_msg', payload: {type: 'token_count', info: null, rate_limits: {}}};
const first = count(10, [5000, 0, 100], [5000, 0, 100]);
const second = count(20, [11_000, 4800, 300], [6000, 4800, 200]);
const log = toLines(meta('s1'), turn('gpt-5-codex'), limits, first, first, second, second);

describe('requests', () => {
	test('one for each change of the totals, with the tokens of the last answer', () => {
		const store = new Requests();
		const tally = readInto(store, codex, log);
		const [one, two] = store.all();
		expect(store.all()).toHaveLength(2);
		expect(one).toMatchObject({
			branch: 'main',
			time: Date.UTC(2026, 9, 21, 20, 0, 10),
			thread: 's1',
			project: '/home/ada/engine',
			model: 'gpt-5-codex',
			usage: {uncached: 5000, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, output: 100, accuracy: 'exact'},
			rebuilt: false,
		});
		expect(two).toMatchObject({usage: {uncached: 1200, cacheRead: 4800, output: 200}});
		expect(one?.replica).toBeUndefined();
		expect(tally).toMatchObject({outcomes: 2, repeats: 2, lookAlikes: 0, brokenJson: 0});
	});

	test('without the last answer, what the totals grew by; all of them if they started over', () => {
		const requests = readAll(
			codex,
			toLines(meta('s1'), count(10, [5000, 0, 100]), count(20, [11_000, 4800, 300]), count(30, [700, 0, 20])),
		);
		expect(requests.map(({usage}) => [usage?.uncached, usage?.cacheRead, usage?.output])).toEqual([
			[5000, 0, 100],
			[1200, 4800, 200],
			[700, 0, 20],
		]);
	});

	test('written tokens are part of the input', () => {
		const [request] = readAll(codex, toLines(meta('s1'), count(10, [100, 40, 10, 30], [100, 40, 10, 30])));
		expect(request?.usage).toMatchObject({uncached: 30, cacheRead: 40, cacheWrite5m: 30, output: 10});
	});

	test('totals that change without an answer are none', () => {
		expect(readAll(codex, toLines(meta('s1'), first, count(12, [5000, 0, 101], [0, 0, 0]), second))).toHaveLength(2);
	});

	test('the model is that of the latest turn', () => {
		const requests = readAll(codex, toLines(meta('s1'), turn('gpt-5-codex'), first, turn('gpt-5.6'), second));
		expect(requests.map(({model}) => model)).toEqual(['gpt-5-codex', 'gpt-5.6']);
	});

	test.each([
		{timestamp: at(12), type: 'compacted', payload: {message: 'So far: …'}},
		{timestamp: at(12), type: 'event_msg', payload: {type: 'context_compacted'}},
	])('after a compaction ($type) the next one is marked', compaction => {
		// The compaction tells the totals once more, with an estimate of what is left.
		const estimate = count(12, [5000, 0, 100], [0, 0, 0]);
		const requests = readAll(
			codex,
			toLines(meta('s1'), first, compaction, estimate, second, count(30, [12_000, 4800, 310], [1000, 0, 10])),
		);
		expect(requests.map(({rebuilt}) => rebuilt)).toEqual([false, true, false]);
	});

	test('a message that quotes a rollout is none', () => {
		const quoting = {timestamp: at(1), type: 'response_item', payload: {type: 'message', content: [{text: log}]}};
		const raw = {timestamp: at(1), type: 'response_item', payload: {type: 'token_count', info: {}}};
		const store = new Requests();
		expect(readInto(store, codex, toLines(quoting, raw))).toMatchObject({outcomes: 0, brokenJson: 0});
		expect(store.all()).toEqual([]);
	});
});

describe('usage records', () => {
	const record = (seconds: number, id: string, usage: Counts) => ({
		timestamp: at(seconds),
		type: 'token_usage_record',
		payload: {thread_id: 's1', turn_id: 't', response_id: id, usage: counts(usage)},
	});
	const one = record(10, 'r1', [5000, 0, 100]);
	const two = record(20, 'r2', [6000, 4800, 200]);
	const secondsOf = (...lines: readonly unknown[]) =>
		readAll(codex, toLines(meta('s1'), turn('gpt-5.6-sol'), ...lines)).map(
			({time}) => (time - Date.UTC(2026, 9, 21, 20)) / 1000,
		);

	test('are requests, without the counts that follow as well', () => {
		expect(secondsOf(one, two)).toEqual([10, 20]);
	});

	test('have the time of the answer; the count comes when the tools that it called have run', () => {
		const late = {...first, timestamp: at(55)};
		expect(secondsOf(one, late, late, two, second)).toEqual([10, 20]);
		expect(secondsOf(one, two, late, second)).toEqual([10, 20]);
	});

	test('counts without a record are requests, too', () => {
		expect(secondsOf(first, two, second)).toEqual([10, 20]);
	});

	test('are the same in every copy', () => {
		const log = toLines(meta('s1'), one, two);
		const fork = toLines(meta('s2', 60, 's1'), {...one, timestamp: at(60)}, {...two, timestamp: at(60)});
		expect(readAll(codex, fork, log).map(({thread}) => thread)).toEqual(['s1', 's1']);
	});
});

test('cached tokens above the input are brought back to it', () => {
	const [request] = readAll(codex, toLines(meta('s1'), count(10, [4000, 6200, 20], [4000, 6200, 20])));
	expect(request?.usage).toMatchObject({uncached: 0, cacheRead: 4000, accuracy: 'estimated'});
});

test('totals of thousands of millions are totals', () => {
	const total: Counts = [3_158_009_035, 3_011_008_960, 900_015];
	const [request] = readAll(codex, toLines(meta('s1'), count(10, total, [9035, 8960, 15])));
	expect(request).toMatchObject({usage: {uncached: 75, cacheRead: 8960, output: 15}});
	expect(request?.id).toContain('3158009035');
});

describe('copies', () => {
	const third = count(90, [20_000, 9000, 400], [9000, 4200, 100]);
	/** History written anew at second 60, with the models of its turns; then a request of its own. */
	const fork = toLines(
		meta('s2', 60, 's1'),
		meta('s1', 60),
		turn('gpt-5-codex'),
		{...first, timestamp: at(60)},
		{...second, timestamp: at(61)},
		third,
	);

	test('the same rollout in another place adds nothing', () => {
		expect(readAll(codex, log, log)).toEqual(readAll(codex, log));
	});

	test.each([
		['before', [fork, log]],
		['after', [log, fork]],
	])('a fork that is read %s its parent adds its own requests alone', (_, logs) => {
		const requests = readAll(codex, ...logs);
		expect(requests.map(({thread, time}) => [thread, (time - Date.UTC(2026, 9, 21, 20)) / 1000])).toEqual([
			['s1', 10],
			['s1', 20],
			['s2', 90],
		]);
	});

	test('a fork whose parent is gone still counts what it took over', () => {
		expect(totalsOf(readAll(codex, fork))).toMatchObject({requests: 3, uncached: 11_000, cacheRead: 9000, output: 400});
	});

	test('a fork and its parent may go on to totals that are alike in part', () => {
		const other = toLines(count(50, [20_000, 9000, 450], [9000, 4200, 150]));
		expect(readAll(codex, log + other, fork)).toHaveLength(4);
	});

	test.each([
		['with all their beginnings', () => true],
		['without that of the first', (line: string) => !line.includes('"id":"s1"')],
	])('a fork of a fork, %s, goes on with the count of the first', (_, isCopied) => {
		const grandchild = toLines(
			meta('s3', 200, 's2'),
			...fork
				.trim()
				.split('\n')
				.filter(isCopied)
				.map(line => ({...JSON.parse(line), timestamp: at(200)})),
			count(300, [21_000, 9000, 410], [1000, 0, 10]),
		);
		for (const logs of [
			[log, fork, grandchild],
			[grandchild, fork, log],
		]) {
			expect(readAll(codex, ...logs).map(({thread}) => thread)).toEqual(['s1', 's1', 's2', 's3']);
		}
	});

	test('forks that name their parents alone leave copies to the logs of these', () => {
		const copies = [
			{...first, timestamp: at(60)},
			{...second, timestamp: at(60)},
		];
		const child = toLines(meta('s2', 60, 's1'), ...copies, turn('gpt-5-codex'), third);
		const later = [...copies, third].map(line => ({...line, timestamp: at(200)}));
		const grandchild = toLines(meta('s3', 200, 's2'), ...later, count(300, [21_000, 9000, 410], [1000, 0, 10]));
		for (const logs of [
			[log, child, grandchild],
			[grandchild, child, log],
		]) {
			expect(readAll(codex, ...logs).map(({thread}) => thread)).toEqual(['s1', 's1', 's2', 's3']);
		}
	});

	test('copies with their original times are copies', () => {
		const child = toLines(meta('s2', 60, 's1'), first, second, {...third, timestamp: at(75)});
		expect(readAll(codex, child, log).map(({thread}) => thread)).toEqual(['s1', 's1', 's2']);
	});

	test('if lines are numbered, the log says which are its own', () => {
		const numbered = (line: object, ordinal: number) => ({...line, ordinal});
		const opening = meta('s2', 60, 's1');
		const child = toLines(
			numbered({...opening, payload: {...opening.payload, subagent_history_start_ordinal: 3}}, 0),
			numbered({...first, timestamp: at(60)}, 1),
			numbered({...second, timestamp: at(60)}, 2),
			numbered({...third, timestamp: at(60)}, 3),
		);
		expect(readAll(codex, log, child).map(({thread}) => thread)).toEqual(['s1', 's1', 's2']);
	});

	test('a fork that refers to its parent continues its totals', () => {
		const opening = meta('s2', 60, 's1');
		const base = {thread_id: 's1', end_ordinal_exclusive: 40};
		const child = toLines(
			{...opening, ordinal: 40, payload: {...opening.payload, history_base: base}},
			{...third, ordinal: 44},
		);
		expect(totalsOf(readAll(codex, child))).toMatchObject({requests: 1, uncached: 4800, cacheRead: 4200});
	});

	test('a thread that continues in another file repeats its last count', () => {
		const opening = meta('s1', 60);
		const next = toLines(
			{...opening, payload: {...opening.payload, history_base: {end_ordinal_exclusive: 9}}},
			{...second, timestamp: at(60)},
			third,
		);
		for (const logs of [
			[log, next],
			[next, log],
		]) {
			const requests = readAll(codex, ...logs);
			expect(requests.map(({time}) => (time - Date.UTC(2026, 9, 21, 20)) / 1000)).toEqual([10, 20, 90]);
		}
	});

	test('fresh sub-agents that count alike are two, in the thread of their parent', () => {
		const spawned = (id: string, second: number) => ({
			...meta(id, second),
			payload: {
				...meta(id).payload,
				source: {subagent: {thread_spawn: {parent_thread_id: 's1', agent_role: 'explorer'}}},
			},
		});
		const child = (id: string, second: number) =>
			toLines(spawned(id, second), count(second + 30, [900, 0, 5], [900, 0, 5]));
		const requests = readAll(codex, log, child('s2', 100), child('s3', 200));
		expect(requests.map(({thread, agent}) => [thread, agent])).toEqual([
			['s1', 'main'],
			['s1', 'main'],
			['s1', 'explorer'],
			['s1', 'explorer'],
		]);
	});

	test('sessions that happen to count alike are two', () => {
		expect(readAll(codex, log, log.replaceAll('"s1"', '"s9"'))).toHaveLength(4);
	});
});

describe('bytes', () => {
	test('pieces cut at any line hold the same requests', () => {
		for (const pieceLength of [1, 600]) {
			const store = new Requests();
			readInto(store, codex, log, pieceLength);
			expect(store.all()).toEqual(readAll(codex, log));
		}
	});

	test('a damaged line is counted, invalid UTF-8 does not matter, nor does a line of 20 MB', () => {
		const store = new Requests();
		const context = Buffer.from(toLines(turn('gpt-5-codex')));
		context.set([0xff, 0xfe], context.indexOf('auto'));
		const tally = readInto(
			store,
			codex,
			Buffer.concat([
				Buffer.from(toLines(meta('s1'))),
				context,
				Buffer.from('{"type":"event_msg","payload":{"type":"token_count","info":{"tot\n'),
				Buffer.from(toLines({...first, note: 'x'.repeat(20 << 20)}, second)),
			]),
		);
		expect(tally.brokenJson).toBe(1);
		expect(store.all()).toMatchObject([{model: 'gpt-5-codex', usage: {cacheRead: 4800}}]);
	});
});

describe('recognition', () => {
	test.each([
		['a rollout', log],
		['one that begins within a line', `"}}\n${log}`],
	])('%s', (_, head) => {
		expect(codex.recognise(Buffer.from(head))).toBe(true);
	});

	test.each([
		['text with a rollout inside its lines', log.replaceAll('{"timestamp', '> {"timestamp')],
		['JSON with a rollout inside its lines', toLines({event: log, timestamp: at(1)}, {event: log, timestamp: at(1)})],
		['another log of events', toLines({timestamp: at(1), type: 'click', payload: {x: 1}})],
	])('not %s', (_, head) => {
		expect(codex.recognise(Buffer.from(head))).toBe(false);
	});
});
