import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {messagePrefix} from '../../source/formats/backends/glitchtip/event.js';
import {glitchtip} from '../../source/formats/backends/glitchtip/glitchtip.js';
import {parseAddress} from '../../source/glitchtip/address.js';
import {GlitchTipSource} from '../../source/glitchtip/glitchtip-source.js';
import {nextCursor} from '../../source/glitchtip/next-cursor.js';
import {pairEvents} from '../../source/glitchtip/pair-events.js';
import type {Request} from '../../source/request.js';
import {readLog} from '../formats/backends/agentpress/read-log.js';
import {formatContext} from '../formats/reading.js';
import {apiEvent, firstTime} from '../glitchtip/events.js';
import {json, serve, token} from '../glitchtip/servers.js';
import {Collected} from '../sources/collect.js';

const folder = join(import.meta.dirname, '../../../shared/samples/glitchtip');
const text = (name: string) => readFileSync(join(folder, name), 'utf8');

type Sample = {
	readonly message: string;
	readonly dateCreated: string;
	readonly contexts: {readonly cache_metrics: Readonly<Record<string, unknown>>};
};
const events = (name: string): readonly Sample[] => JSON.parse(text(name));

const requestsIn = (lines: Buffer): readonly Request[] => {
	const requests: Request[] = [];
	glitchtip.open(formatContext({source: 'suna', onRequest: request => requests.push(request)})).lines(lines, true);
	return requests;
};

describe('the list of a project', () => {
	const pages = ['project-events.page1.json', 'project-events.page2.json'];
	const link = /^Link: (.*)$/m.exec(text('project-events.page1.headers.txt'))?.[1] ?? '';
	const calls = pages.flatMap(events).filter(({message}) => message.startsWith(messagePrefix));

	test('read over the network page by page it gives one request for each call', async () => {
		const base = await serve((request, response) => {
			const cursor = new URL(request.url ?? '', 'http://x').searchParams.get('cursor');
			if (request.headers.authorization !== `Bearer ${token}`) {
				json(response, 401, {});
			} else if (cursor === null) {
				json(response, 200, text('project-events.page1.json'), {link});
			} else {
				json(response, cursor === nextCursor(link) ? 200 : 400, text('project-events.page2.json'));
			}
		});
		const collected = new Collected();
		await new GlitchTipSource(parseAddress(`glitchtip+${base}/acme/suna`), token).read(collected);
		expect(collected.problems).toEqual([]);
		const requests = requestsIn(Buffer.from(collected.text, 'latin1'));
		expect(calls.length).toBeGreaterThan(50);
		expect(requests.map(({time}) => time).sort()).toEqual(calls.map(call => Date.parse(call.dateCreated)).sort());
		const blocks = (count: number) => requests.filter(({plan}) => plan?.blocks.length === count).length;
		for (const count of [1, 3, 4]) {
			expect(blocks(count)).toBe(calls.filter(call => call.contexts.cache_metrics.blocks_used === count).length);
		}
	});
});

test('the list of an issue, in its other key style, reports the same calls', () => {
	const lines = (name: string) =>
		Buffer.from(
			events(name)
				.map(event => `${JSON.stringify(event)}\n`)
				.join(''),
		);
	const snake = requestsIn(lines('issue-events.snake_case.json'));
	expect(snake.length).toBe(2);
	expect(requestsIn(lines('project-events.page1.json'))).toEqual(expect.arrayContaining([...snake]));
});

/** What the backend told GlitchTip while it wrote a log: from its plain lines, found without our readers. */
const eventsBesides = (log: string) => {
	const threads = new Map<string, {system: number; model: string}>();
	return log.split('\n').flatMap((line, index) => {
		const thread = / thread_id=(\S+)/.exec(line)?.[1] ?? '';
		const known = threads.get(thread) ?? {system: 0, model: ''};
		const started = /Starting thread execution for \S+ with model (\S+)/.exec(line);
		const system = /\] (?:🔥 Block 1: Cached system prompt \(|System prompt too small for caching: )(\d+) tokens/u.exec(
			line,
		);
		threads.set(thread, {
			system: system ? Number(system[1]) : known.system,
			model: started?.[1] ?? known.model,
		});
		const told = /Cache metrics logged to GlitchTip: (\d+) blocks/.exec(line);
		return told
			? [
					apiEvent(index, {
						at: Date.parse(line.slice(0, 27)) - firstTime,
						metrics: {blocks_used: Number(told[1]), system_tokens: known.system, model: known.model},
					}),
				]
			: [];
	});
};

test('events of calls that a log reports as well are paired with these', () => {
	const log = readFileSync(join(folder, '../agentpress/p1-plain.log'), 'utf8');
	const told = eventsBesides(log);
	const requests = requestsIn(Buffer.from(told.map(event => `${JSON.stringify(event)}\n`).join('')));
	expect(requests.length).toBe(log.split('Cache metrics logged to GlitchTip').length - 1);
	const pairs = pairEvents(requests, readLog(log).requests);
	expect(pairs.size).toBe(requests.length);
});
