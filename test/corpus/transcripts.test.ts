import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {claudeCode} from '../../source/formats/agents/claude-code/claude-code.js';
import {codex} from '../../source/formats/agents/codex/codex.js';
import {geminiCli} from '../../source/formats/agents/gemini-cli/gemini-cli.js';
import {Ingest} from '../../source/ingest/ingest.js';
import {priceList} from '../../source/metrics/money/pricing.js';
import {MemoryStore} from '../../source/store/memory/memory-store.js';
import {Requests, readAll, readInto, totalsOf} from '../formats/agents/read-transcript.js';
import {ingestOptions} from '../ingest/options.js';
import {allOf} from '../support/recount.js';

// biome-ignore lint/suspicious/noExplicitAny: the samples are walked as they are, without our reader's view of them
type Json = any;

const samples = join(import.meta.dirname, '../../../shared/samples');
const read = (path: string) => readFileSync(join(samples, path));
const list = (folder: string, ending: string) =>
	readdirSync(join(samples, folder))
		.filter(name => name.endsWith(ending))
		.sort();
const parse = (bytes: Buffer): readonly Json[] =>
	bytes
		.toString('utf8')
		.split('\n')
		.filter(line => line.trim() !== '')
		.map(line => JSON.parse(line));

const claudeLogs = list('claude-code', '.jsonl');
const codexLogs = list('codex', '.jsonl');
const geminiLogs = list('gemini-cli', '.json');

describe('claude-code', () => {
	const expected = JSON.parse(read('claude-code/EXPECTED.json').toString('utf8'));

	test('there is a sum for every sample', () => {
		expect(claudeLogs).toEqual(Object.keys(expected).sort());
	});

	test.each(claudeLogs)('%s: exactly the expected requests and tokens', name => {
		// The sums are without the answers of sub-agents that a parent's progress repeats.
		const own = read(`claude-code/${name}`)
			.toString('utf8')
			.replaceAll(/^.*"agent_progress".*$/gm, '');
		const requests = readAll(claudeCode, own);
		const sums = expected[name];
		expect(totalsOf(requests)).toEqual({
			requests: sums.requests,
			uncached: sums.uncached,
			cacheRead: sums.cache_read,
			cacheWrite5m: sums.cache_write_5m,
			cacheWrite1h: sums.cache_write_1h,
			output: sums.output,
		});
		expect([...new Set(requests.map(({model}) => model))].sort()).toEqual(sums.models);
		expect(requests.every(({thread, project, time}) => thread && project && time > Date.UTC(2026, 0))).toBe(true);
	});
});

describe('codex', () => {
	test.each(codexLogs)('%s: the final totals, one request for each change of them', name => {
		const bytes = read(`codex/${name}`);
		const totals = parse(bytes).flatMap(line => line.payload?.info?.total_token_usage ?? []);
		const final = totals.at(-1);
		const requests = readAll(codex, bytes);
		expect(totalsOf(requests)).toEqual({
			requests: new Set(totals.map(total => JSON.stringify(total))).size,
			uncached: final.input_tokens - final.cached_input_tokens,
			cacheRead: final.cached_input_tokens,
			cacheWrite5m: 0,
			cacheWrite1h: 0,
			output: final.output_tokens,
		});
		expect(requests.length).toBeGreaterThan(1);
		expect(requests.every(({model, thread, project}) => model === 'gpt-5-codex' && thread && project)).toBe(true);
	});
});

describe('gemini-cli', () => {
	const sumsOf = (messages: readonly Json[]) => {
		const answers = messages.filter(message => message.type === 'gemini' && message.tokens.total > 0);
		const sum = (pick: (tokens: Json) => number) => answers.reduce((total, {tokens}) => total + pick(tokens), 0);
		return {
			requests: answers.length,
			uncached: sum(({input, cached}) => input - cached),
			cacheRead: sum(({cached}) => cached),
			cacheWrite5m: 0,
			cacheWrite1h: 0,
			output: sum(({output, thoughts}) => output + thoughts),
		};
	};

	test.each(geminiLogs)('%s: the sums over its messages', name => {
		const bytes = read(`gemini-cli/${name}`);
		const sums = sumsOf(JSON.parse(bytes.toString('utf8')).messages);
		expect(totalsOf(readAll(geminiCli, bytes))).toEqual(sums);
		expect(sums.requests).toBeGreaterThan(0);
	});

	test.each(geminiLogs)('%s: the same as records', name => {
		const bytes = read(`gemini-cli/${name}`);
		const {messages, ...session} = JSON.parse(bytes.toString('utf8'));
		const records = [session, ...messages].map(record => `${JSON.stringify(record)}\n`).join('');
		expect(geminiCli.recognise(Buffer.from(records))).toBe(true);
		expect(readAll(geminiCli, records)).toEqual(readAll(geminiCli, bytes));
	});
});

const all = [
	...claudeLogs.map(name => ({path: `claude-code/${name}`, format: claudeCode})),
	...codexLogs.map(name => ({path: `codex/${name}`, format: codex})),
	...geminiLogs.map(name => ({path: `gemini-cli/${name}`, format: geminiCli})),
];
const formats = [claudeCode, codex, geminiCli];

describe('all', () => {
	test.each(all)('$path is recognised, as nothing else', ({path, format}) => {
		expect(formats.filter(each => each.recognise(read(path).subarray(0, 64 * 1024)))).toEqual([format]);
	});

	test.each(all.filter(({format}) => format !== geminiCli))(
		'$path is recognised from within a line',
		({path, format}) => {
			const bytes = read(path);
			expect(formats.filter(each => each.recognise(bytes.subarray(bytes.length >> 1)))).toEqual([format]);
		},
	);

	test.each([
		...list('agentpress', '.log').map(name => `agentpress/${name}`),
		...readdirSync(join(samples, 'wrapped')).map(name => `wrapped/${name}`),
	])('%s is no transcript', path => {
		expect(formats.some(format => format.recognise(read(path)))).toBe(false);
	});

	test.each(all)('$path: cut into single lines it holds the same', ({path, format}) => {
		const bytes = read(path);
		const requests = new Requests();
		readInto(requests, format, bytes, 1);
		expect(requests.all()).toEqual(readAll(format, bytes));
	});

	test('read as logs of one program, in either order and twice, they hold the same requests', () => {
		const ingestAll = (paths: readonly string[]) => {
			const store = new MemoryStore(priceList());
			const ingest = new Ingest(store, {...ingestOptions, now: () => Date.UTC(2026, 10, 22)});
			for (const [index, path] of paths.entries()) {
				const log = {id: `${index} ${path}`, name: path};
				const bytes = read(path);
				ingest.lines(log, bytes, true);
				ingest.caughtUp({log, size: bytes.length, read: bytes.length, lines: 0, modified: undefined});
			}
			ingest.flush();
			return totalsOf(allOf(store));
		};
		const paths = all.map(({path}) => path);
		const once = ingestAll(paths);
		expect(once.requests).toBeGreaterThan(100);
		expect(ingestAll([...paths].reverse())).toEqual(once);
		expect(ingestAll([...paths, ...paths])).toEqual(once);
	});
});
