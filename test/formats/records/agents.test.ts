import {describe, expect, test} from 'vitest';
import type {Format} from '../../../source/formats/format.js';
import {formats} from '../../../source/formats/table.js';
import type {Request} from '../../../source/request.js';
import {Requests, readInto, totalsOf} from '../agents/read-transcript.js';
import {formatContext} from '../reading.js';
import {type AgentLog, agentLogs, linesOf} from './agents.js';

const named = agentLogs.map(log => [`${log.format.name}: ${log.source}`, log] as const);

const read = ({format, source}: AgentLog, ...texts: readonly string[]): readonly Request[] => {
	const store = new Requests();
	for (const text of texts) {
		readInto(store, format, text, 4096, {source});
	}
	return store.all();
};

/** What is read when the reading ends behind each line and another process goes on. */
const readInSteps = ({format, source}: {format: Format; source: string}, lines: readonly string[]) => {
	const store = new Requests();
	let saved: unknown;
	for (const [index, line] of lines.entries()) {
		const session = format.open(formatContext({source, onRequest: request => store.put(request)}), saved);
		session.lines(Buffer.from(line), index === 0);
		saved = JSON.parse(JSON.stringify(session.save()));
	}
	return store.all();
};

describe.each(named)('%s', (_, log) => {
	const text = linesOf(log);

	test('holds its two requests', () => {
		const requests = read(log, text);
		expect(totalsOf(requests)).toEqual(
			log.tellsWrites
				? {requests: 2, uncached: 1300, cacheRead: 20_000, cacheWrite5m: 20_500, cacheWrite1h: 0, output: 100}
				: {requests: 2, uncached: 21_800, cacheRead: 20_000, cacheWrite5m: 0, cacheWrite1h: 0, output: 100},
		);
		for (const {model, thread, time, start, usage} of requests) {
			expect(model).toBe(log.model);
			expect(thread).toBe(log.thread);
			expect(Math.abs(time - Date.UTC(2026, 10, 20, 10, 0, 35))).toBeLessThanOrEqual(31_000);
			expect(start ?? time).toBeLessThanOrEqual(time);
			expect(usage?.cacheUnknown).toBeUndefined();
		}
	});

	test('is recognised as what it is', () => {
		expect(formats.find(format => format.recognise(Buffer.from(text)))?.name).toBe(log.format.name);
	});

	test('a saved state is accepted: the counts go on', () => {
		const {format, source} = log;
		const session = format.open(formatContext({source}));
		session.lines(Buffer.from(text), true);
		const next = format.open(formatContext({source}), JSON.parse(JSON.stringify(session.save())));
		expect(session.tally.candidates).toBeGreaterThan(0);
		expect(next.tally).toEqual(session.tally);
	});

	test('read twice, or copied, adds nothing', () => {
		expect(read(log, text, text)).toEqual(read(log, text));
		expect(read(log, text + text)).toEqual(read(log, text));
	});

	test('copied into a backup, in part or whole, it is the same requests in any order', () => {
		const copy = {...log, source: `backup/ada/${log.source}`};
		const half = text
			.split(/(?<=\n)/)
			.slice(0, 3)
			.join('');
		const orders = [
			[copy, text, log, text],
			[log, text, copy, text],
			[copy, half, log, text],
			[log, text, copy, half],
		] as const;
		for (const [one, first, other, second] of orders) {
			const store = new Requests();
			readInto(store, one.format, first, 4096, {source: one.source});
			readInto(store, other.format, second, 4096, {source: other.source});
			expect(store.all().map(({source, ...request}) => request)).toEqual(
				read(log, text).map(({source, ...request}) => request),
			);
		}
	});

	test('continues after any line as if it had never ended', () => {
		expect(readInSteps(log, text.split(/(?<=\n)/))).toEqual(read(log, text));
	});

	test('is read past damage: half a record, zero bytes, records on one line, another kind of JSON', () => {
		const records = text.split('\n').filter(line => line !== '');
		const damaged = [
			`${records[0]?.slice(0, -20)}\n`,
			`${'\0'.repeat(40)}\n[1,2]\n"text"\n{}\n`,
			`${records.join('')}\n`,
		].join('');
		expect(totalsOf(read(log, damaged))).toEqual(totalsOf(read(log, text)));
	});

	test('counts that cannot be are none', () => {
		const wild = text
			.replaceAll(/"(\w*(?:[Ii]nput|Read|read|prompt)\w*)":\d+/g, '"$1":-5')
			.replaceAll('\\":20000', '\\":1e99');
		for (const {usage} of read(log, wild)) {
			for (const tokens of [usage?.uncached, usage?.cacheRead, usage?.cacheWrite5m, usage?.output]) {
				expect(tokens).toBeGreaterThanOrEqual(0);
				expect(tokens).toBeLessThanOrEqual(1e12);
			}
		}
	});
});

test('what no agent wrote is none of theirs', () => {
	for (const text of ['', '{}\n', '[]\n', '[{"a":1}]\n', '{"type":"message","text":"x"}\n', 'INFO started\n']) {
		expect(agentLogs.filter(({format}) => format.recognise(Buffer.from(text)))).toEqual([]);
	}
});

test.each(['copilot', 'qwen-code'])('%s reports the branch', name => {
	const log = agentLogs.find(({format}) => format.name === name) as AgentLog;
	expect(read(log, linesOf(log)).map(({branch}) => branch)).toEqual(['main', 'main']);
});

test.each(named.filter(([, {records}]) => records.length > 2))(
	'%s is recognised although its records stand on one line',
	(_, log) => {
		const glued = `${log.records.map(record => JSON.stringify(record)).join('')}\n`;
		expect(formats.find(format => format.recognise(Buffer.from(glued)))?.name).toBe(log.format.name);
		expect(read(log, glued)).toHaveLength(2);
	},
);
