import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {gzipSync} from 'node:zlib';
import {expect, onTestFinished, test} from 'vitest';
import {Ingest} from '../../source/ingest/ingest.js';
import {priceList} from '../../source/metrics/money/pricing.js';
import {resolveSources} from '../../source/sources/resolve.js';
import {MemoryStore} from '../../source/store/memory/memory-store.js';
import {agentLogs} from '../formats/records/agents.js';
import {temporaryFolder} from '../sources/collect.js';
import {agentsIn} from '../support/agent-home.js';
import {allOf} from '../support/recount.js';
import {until} from '../support/until.js';
import {ingestOptions} from './options.js';

/** Follows what the agents in a home folder keep, as the screen does; resolves when all of it has been read. */
const follow = async (home: string) => {
	const store = new MemoryStore(priceList());
	const ingest = new Ingest(store, ingestOptions);
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

test('one answer more of each agent is read, of databases while they are written', async () => {
	const home = temporaryFolder();
	const agents = agentsIn(home);
	onTestFinished(() => {
		for (const {close} of agents) {
			close();
		}
	});
	const {requests, problems} = await follow(home);
	const formatsIn = [...new Set(agents.map(({format}) => format))];
	const of = (format: string) => agents.filter(agent => agent.format === format);
	for (const format of formatsIn) {
		const begun = of(format).reduce((sum, agent) => sum + agent.begun, 0);
		expect([format, countOf(requests(), format)]).toEqual([format, begun]);
	}
	for (const {add} of agents) {
		add();
	}
	for (const format of formatsIn) {
		await until(() => expect([format, countOf(requests(), format)]).toEqual([format, 2 * of(format).length]));
	}
	expect(problems()).toEqual([]);
});

test.each([
	['thread.json', (text: string) => text],
	['thread.json.gz', gzipSync],
])('a document that is spread over lines is read whole, wherever it is named: %s', async (name, written) => {
	const folder = temporaryFolder();
	const [log] = agentLogs.filter(({format}) => format.name === 'amp');
	const path = join(folder, name);
	writeFileSync(path, written(JSON.stringify(log?.records[0], undefined, 2)));
	const store = new MemoryStore(priceList());
	const ingest = new Ingest(store, ingestOptions);
	const {sources} = await resolveSources([path], {cwd: folder, home: folder, env: {}});
	await ingest.read(sources);
	expect(countOf(allOf(store), 'amp')).toBe(2);
});
