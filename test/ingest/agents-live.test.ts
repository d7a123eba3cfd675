import {appendFileSync, mkdirSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import Database from 'libsql';
import {expect, onTestFinished, test} from 'vitest';
import {formats} from '../../source/formats/table.js';
import {Ingest} from '../../source/ingest/ingest.js';
import {priceList} from '../../source/metrics/money/pricing.js';
import {resolveSources} from '../../source/sources/resolve.js';
import {MemoryStore} from '../../source/store/memory.js';
import {utc} from '../../source/time/stamp.js';
import {agentLogs} from '../formats/records/agents.js';
import {temporaryFolder} from '../sources/collect.js';
import {allOf} from '../support/recount.js';
import {until} from '../support/until.js';

/** Follows what the agents in a home folder keep, as the screen does; resolves when all of it has been read. */
const follow = async (home: string) => {
	const store = new MemoryStore(priceList());
	const ingest = new Ingest(store, {
		formats,
		now: Date.now,
		localTime: utc,
		promptTokens: undefined,
		onChange: () => {},
	});
	const {sources, later} = await resolveSources([], {cwd: home, home, env: {}, following: {sweep: 50}});
	for (const source of later ? [...sources, later] : sources) {
		onTestFinished(await source.follow(ingest));
	}
	const requests = () => {
		ingest.flush();
		return allOf(store);
	};
	return {requests, problems: () => ingest.problems};
};
const countOf = (requests: readonly {readonly id: string}[], format: string) =>
	requests.filter(({id}) => id.startsWith(`${format}:`)).length;

/** Where each agent keeps the log of that name. */
const places: Readonly<Record<string, string>> = {
	pi: '.pi/agent',
	'qwen-code': '.qwen',
	'kimi-cli': '.kimi',
	'kimi-code': '.kimi-code',
	mux: '.mux',
	amp: '.local/share/amp',
	cline: '.config/Code/User/globalStorage',
	'cline-cli': '.cline/data',
};

const write = (path: string, text: string) => {
	mkdirSync(dirname(path), {recursive: true});
	writeFileSync(path, text);
};

test('one answer more of each agent is read, while another process writes the databases', async () => {
	const home = temporaryFolder();
	const files = agentLogs.flatMap(({format, source, records}) => {
		const place = places[format.name];
		return place === undefined ? [] : [{name: format.name, path: join(home, place, source), records}];
	});
	const isDocument = (records: readonly unknown[]) => records.length === 1;
	for (const {path, records} of files) {
		// Of a document that is spread over lines, one without its end; of lines, all but those of the second request.
		const half = isDocument(records) ? '{"id": "T-1",\n' : '';
		write(path, half + (half === '' ? `${JSON.stringify(records[0])}\n` : ''));
	}
	mkdirSync(join(home, '.copilot'));
	const agent = new Database(join(home, '.copilot', 'session-store.db'));
	onTestFinished(() => void agent.close());
	agent.exec(`PRAGMA journal_mode = WAL;
		CREATE TABLE assistant_usage_events (id INTEGER PRIMARY KEY, session_id TEXT, model TEXT, input_tokens INTEGER,
			output_tokens INTEGER, cache_read_tokens INTEGER, cache_write_tokens INTEGER, created_at TEXT)`);
	const row = "INSERT INTO assistant_usage_events VALUES (NULL, 's1', 'm', 900, 5, 0, 800, '2026-11-20 10:00:05')";
	agent.exec(row);

	const {requests, problems} = await follow(home);
	expect(countOf(requests(), 'copilot')).toBe(1);
	for (const {path, records} of files) {
		if (isDocument(records)) {
			write(path, JSON.stringify(records[0], undefined, 2));
		} else {
			appendFileSync(
				path,
				records
					.slice(1)
					.map(record => `${JSON.stringify(record)}\n`)
					.join(''),
			);
		}
	}
	agent.exec(row);
	for (const name of [...new Set(files.map(({name}) => name))]) {
		await until(() => expect([name, countOf(requests(), name)]).toEqual([name, 2]));
	}
	await until(() => expect(countOf(requests(), 'copilot')).toBe(2));
	expect(problems()).toEqual([]);
});

test('a document that is spread over lines is read whole, wherever it is named', async () => {
	const folder = temporaryFolder();
	const [log] = agentLogs.filter(({format}) => format.name === 'amp');
	const path = join(folder, 'thread.json');
	writeFileSync(path, JSON.stringify(log?.records[0], undefined, 2));
	const store = new MemoryStore(priceList());
	const ingest = new Ingest(store, {
		formats,
		now: Date.now,
		localTime: utc,
		promptTokens: undefined,
		onChange: () => {},
	});
	const {sources} = await resolveSources([path], {cwd: folder, home: folder, env: {}});
	await ingest.read(sources);
	expect(countOf(allOf(store), 'amp')).toBe(2);
});
