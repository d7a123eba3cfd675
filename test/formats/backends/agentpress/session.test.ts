import {describe, expect, test} from 'vitest';
import {createRandom} from '../../../../source/demo/random.js';
import {agentpress} from '../../../../source/formats/backends/agentpress/agentpress.js';
import type {FormatSession} from '../../../../source/formats/format.js';
import type {Request} from '../../../../source/request.js';
import {generationNames} from '../../../simulated/generations.js';
import {formatContext} from '../../reading.js';
import {renderings, simulatedLines} from './simulate.js';

/** Reads lines with a restart at each of the places, and tells all that the sessions told. */
const read = (lines: readonly string[], restarts: readonly number[]) => {
	const told: (Request | 'none')[] = [];
	const open = (saved?: unknown): FormatSession =>
		agentpress.open(
			formatContext({
				source: 'worker.log',
				onRequest: request => told.push(request),
				onRetract: () => told.push('none'),
			}),
			saved,
		);
	let session = open();
	let saved = 0;
	let start = 0;
	for (const end of [...restarts, lines.length]) {
		session.lines(
			Buffer.from(
				lines
					.slice(start, end)
					.map(line => `${line}\n`)
					.join(''),
			),
			start === 0,
		);
		start = end;
		if (end < lines.length) {
			const text = JSON.stringify(session.save());
			saved = Math.max(saved, text.length);
			session = open(JSON.parse(text));
		}
	}
	return {told, provisional: session.provisional(), tally: session.tally, saved};
};

const cuts = (seed: number, length: number, count: number): readonly number[] => {
	const random = createRandom(seed);
	return Array.from({length: count}, () => random.integer(0, length)).sort((one, other) => one - other);
};

/** A console line so many seconds after the first. */
const line = (second: number, event: string, thread: string) =>
	`${new Date(Date.UTC(2025, 9, 20) + second * 1000).toISOString().replace('Z', '456Z')} [info     ] ${event} thread_id=${thread}`;
const call = 'LLM API call: claude-haiku-4-5 (2 messages)';
const usage = 'Usage type: EXACT - prompt=9000, completion=10, cache_read=8000, cache_creation=0';
const block = 'Block 1: Cached system prompt (900 tokens)';

const withoutSize = ({told, provisional, tally}: ReturnType<typeof read>) => ({told, provisional, tally});

describe('a session that continues from the saved state of another', () => {
	test.each(generationNames.flatMap(generation => renderings.map(rendering => [generation, rendering] as const)))(
		'gives what one session gives: %s %s',
		(generation, rendering) => {
			const lines = simulatedLines(generation, rendering);
			const whole = withoutSize(read(lines, []));
			expect(whole.told.length).toBeGreaterThan(20);
			expect(withoutSize(read(lines, cuts(1, lines.length, 1)))).toEqual(whole);
			expect(withoutSize(read(lines, cuts(2, lines.length, 60)))).toEqual(whole);
		},
	);

	test.each(['docker-json', 'cri', 'pm2-logs', 'journald-json'] as const)('wrapped as %s', wrapper => {
		const lines = simulatedLines('2025-11-27', 'json', {wrapper});
		expect(withoutSize(read(lines, cuts(3, lines.length, 60)))).toEqual(withoutSize(read(lines, [])));
	});
});

test.each(generationNames)('the renderings of one log give the same requests: %s', generation => {
	const [plain, colour, json] = renderings.map(rendering => read(simulatedLines(generation, rendering), []).told);
	expect(plain?.length).toBeGreaterThan(20);
	expect(colour).toEqual(plain);
	expect(json).toEqual(plain);
});

describe('lines that are in a log twice', () => {
	const threads = ['thread-1', 'thread-2', 'thread-3'];
	const calls = threads.map((thread, index) => line(index, call, thread));
	const outcomes = threads.map((thread, index) => line(3 + index, usage, thread));
	const after = [line(10, call, 'thread-1'), line(11, usage, 'thread-1')];
	const lines = [...calls, ...outcomes, ...calls.slice(1), ...outcomes, ...after];
	const whole = withoutSize(read(lines, []));
	const places = lines.map((_, place) => place).slice(1);

	test('each request is reported once', () => {
		expect(whole.told).toHaveLength(4);
		expect(whole.provisional).toEqual([]);
	});

	test.each(places)('a restart at line %i changes nothing', place => {
		expect(withoutSize(read(lines, [place]))).toEqual(whole);
	});
});

describe('a log of many threads', () => {
	const threads = Array.from({length: 3000}, (_, index) => `thread-${index}`);
	const served = threads.flatMap((thread, index) => [
		line(index, block, thread),
		line(index, call, thread),
		line(index, usage, thread),
	]);

	test('what is saved stays small, and the calls under way are in it', () => {
		const open = threads.slice(0, 50).map((thread, index) => line(3000 + index, call, thread));
		const closed = threads
			.slice(1000, 2000)
			.flatMap((thread, index) => [line(3050 + index, call, thread), line(3050 + index, usage, thread)]);
		const late = threads.slice(0, 50).map((thread, index) => line(4100 + index, usage, thread));
		const lines = [...served, ...open, ...closed, ...late];
		const {saved, ...result} = read(lines, [lines.length - late.length]);
		expect(result).toEqual(withoutSize(read(lines, [])));
		expect(saved).toBeLessThan(200_000);
	});

	test('calls of which nothing was heard for an hour count as they stand, by the identity they had', () => {
		const abandoned = threads.slice(0, 300).map((thread, index) => line(3000 + index, call, thread));
		const before = read([...served, ...abandoned], []);
		const later = served.map(text => text.replace('2025-10-20', '2025-10-21'));
		const {told, provisional} = read([...served, ...abandoned, ...later], []);
		expect(before.provisional).toHaveLength(300);
		expect(told).toEqual(expect.arrayContaining([...before.provisional]));
		expect(provisional).toEqual([]);
	});

	test('plans of a log without calls are in it', () => {
		const plans = threads
			.slice(0, 400)
			.flatMap((thread, index) => [line(index, block, thread), line(index, block, thread)]);
		const lines = [...plans, line(500, call, 'thread-0')];
		const whole = read(lines, []);
		expect(whole.told.at(-1)).toBe('none');
		expect(withoutSize(read(lines, [plans.length]))).toEqual(withoutSize(whole));
		expect(read(plans, [plans.length - 1]).provisional).toHaveLength(400);
	});
});

describe('saved data that is not what was saved', () => {
	const lines = simulatedLines('2025-10-16', 'json', {limit: 10});
	const context = formatContext({source: 'worker.log'});
	const saved = () => {
		const session = agentpress.open(context);
		session.lines(Buffer.from(`${lines.slice(0, 100).join('\n')}\n`), true);
		return JSON.parse(JSON.stringify(session.save()));
	};

	test.each([undefined, null, 1, 'x', [], {}, {version: 1}])('%j starts over', junk => {
		const session = agentpress.open(context, junk);
		expect(session.tally.candidates).toBe(0);
	});

	test('that of another version starts over', () => {
		expect(agentpress.open(context, saved()).tally.calls).toBeGreaterThan(0);
		expect(agentpress.open(context, {...saved(), version: 0}).tally.calls).toBe(0);
	});

	test('whatever is damaged in it, the reading continues', () => {
		const random = createRandom(5);
		for (let count = 0; count < 300; count++) {
			const broken = saved();
			let place = broken;
			for (;;) {
				const key = random.pick(Object.keys(place));
				const inner = place[key];
				if (typeof inner === 'object' && inner !== null && Object.keys(inner).length > 0 && random.chance(0.9)) {
					place = inner;
					continue;
				}
				place[key] = random.pick([null, 'x', 7, -1, [], {}, [null], true]);
				break;
			}
			const session = agentpress.open(context, broken);
			session.lines(Buffer.from(`${lines.slice(100).join('\n')}\n`), false);
			expect(() => JSON.stringify([session.provisional(), session.save()])).not.toThrow();
		}
	});
});
