import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {BackendSession} from '../../source/formats/backends/backend-session.js';
import type {FormatContext} from '../../source/formats/format.js';
import type {Request} from '../../source/request.js';
import {readLog} from '../formats/backends/agentpress/read-log.js';

const samples = join(import.meta.dirname, '../../../shared/samples');
const read = (path: string) => readFileSync(join(samples, path));
const agentpress = readdirSync(join(samples, 'agentpress')).sort();
const wrapped = readdirSync(join(samples, 'wrapped')).sort();

/**
 * The one outcome line of each request, found without our reader: anchored behind the header of a console line, or as
 * the event of a JSON line.
 */
const outcomes: Readonly<Record<string, string>> = {
	p1: 'CACHE DETECTION: cache_read=(\\d+), cache_creation=(\\d+)',
	p2: 'Usage type: [A-Z ]+ - prompt=\\d+, completion=\\d+, cache_read=(\\d+), cache_creation=(\\d+)',
	p4: "\\[ResponseProcessor\\] Usage data for billing: \\{.{0,99}'cache_read_input_tokens': (\\d+), 'cache_creation_input_tokens': (\\d+)",
};

const countOutcomes = (text: string, generation: string) => {
	const emoji = '(?:[^\\x00-\\x7f]+ |(?:\\\\u[0-9a-f]{4})+ )?';
	const pattern = new RegExp(
		`^(?:\\{.{0,9}"event": "|[^{]{20,70}\\] (?:\\u001b\\[1m)?)${emoji}${outcomes[generation]}`,
		'gm',
	);
	const found = [...text.matchAll(pattern)].map(([, cacheRead, write]) => [Number(cacheRead), Number(write)] as const);
	return {
		requests: found.length,
		hits: found.filter(([cacheRead]) => cacheRead > 0).length,
		cacheRead: found.reduce((sum, [tokens]) => sum + tokens, 0),
		written: found.reduce((sum, [, tokens]) => sum + tokens, 0),
	};
};

const totals = (requests: readonly Request[]) => ({
	requests: requests.filter(({usage}) => usage).length,
	hits: requests.filter(({usage}) => (usage?.cacheRead ?? 0) > 0).length,
	cacheRead: requests.reduce((sum, {usage}) => sum + (usage?.cacheRead ?? 0), 0),
	written: requests.reduce((sum, {usage}) => sum + (usage?.cacheWrite5m ?? 0) + (usage?.cacheWrite1h ?? 0), 0),
});

const withoutSource = (requests: readonly Request[]) => requests.map(request => ({...request, source: ''}));

/** A JSON line as the console renderer writes it: the same event, the same context. */
const toConsole = (line: string): string => {
	if (!line.startsWith('{')) {
		return line;
	}
	const {event, level, timestamp, exception, ...context} = JSON.parse(line) as Record<string, unknown>;
	const pairs = Object.entries(context)
		.sort(([one], [other]) => (one < other ? -1 : 1))
		.map(([key, value]) => `${key}=${/[\s=]/.test(String(value)) ? `'${String(value)}'` : String(value)}`);
	return `${timestamp} [${String(level).padEnd(9)}] ${String(event).padEnd(30)} ${pairs.join(' ')}`;
};

/** Every line decoded, as without the scanner. */
const decoded = (context: FormatContext) => new BackendSession(context, undefined, null);

test.each(['agentpress', 'wrapped'])('%s: the scanner reads what decoding every line reads', folder => {
	for (const name of readdirSync(join(samples, folder)).sort()) {
		const bytes = read(`${folder}/${name}`);
		expect(readLog(bytes, {}, 4096), name).toEqual(readLog(bytes, {}, 4096, decoded));
	}
});

describe('agentpress', () => {
	test.each(agentpress)('%s: one request per outcome line, and its tokens', name => {
		const bytes = read(`agentpress/${name}`);
		const {requests} = readLog(bytes);
		expect(totals(requests)).toEqual(countOutcomes(bytes.toString('utf8'), name.slice(0, 2)));
		expect(requests).toHaveLength(totals(requests).requests);
		expect(requests.every(({thread, model}) => thread !== undefined && model !== undefined)).toBe(true);
	});

	test.each(['p1', 'p2', 'p4'])('%s: the coloured log holds the same requests as the plain one', generation => {
		const plain = readLog(read(`agentpress/${generation}-plain.log`)).requests;
		expect(plain.length).toBeGreaterThan(10);
		expect(withoutSource(readLog(read(`agentpress/${generation}-color.log`)).requests)).toEqual(withoutSource(plain));
	});

	test.each(['p1-json.log', 'p2-json.log', 'p4-json.log'])(
		'%s: written as console lines it holds the same requests',
		name => {
			const bytes = read(`agentpress/${name}`);
			const lines = bytes.toString('utf8').split('\n').map(toConsole);
			expect(readLog(lines.join('\n')).requests).toEqual(readLog(bytes).requests);
		},
	);
});

describe('wrapped', () => {
	const base = (name: string) => {
		const sample = name.split('.')[1] as string;
		return read(`agentpress/${sample}.log`).toString('utf8').split('\n').slice(0, 120).join('\n');
	};

	test.each(wrapped.filter(name => !name.startsWith('pm2')))('%s holds the requests of the 120 lines inside', name => {
		const inside = readLog(`${base(name)}\n`);
		expect(inside.requests.length).toBeGreaterThan(3);
		expect(readLog(read(`wrapped/${name}`)).requests).toEqual(inside.requests);
	});

	test.each(wrapped.filter(name => name.startsWith('pm2')))('%s: 22 lines up to a model call', name => {
		const {requests} = readLog(read(`wrapped/${name}`));
		expect(requests).toHaveLength(1);
		expect(requests[0]).toMatchObject({
			model: 'anthropic/claude-sonnet-4-5-20250929',
			usage: undefined,
			plan: {blocks: [{number: 1}]},
		});
	});
});
