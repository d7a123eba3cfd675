import {expect, test} from 'vitest';
import {openHands} from '../../../source/formats/agents/openhands/openhands.js';
import {readAll, toLines} from './read-transcript.js';

const model = 'claude-sonnet-4-5';
const at = (second: number) => Date.UTC(2026, 10, 20, 10, 0, second);
const usage = (response_id: string, prompt: number, read: number, written: number) => ({
	model,
	response_id,
	prompt_tokens: prompt,
	cache_read_tokens: read,
	cache_write_tokens: written,
	completion_tokens: 5,
});
const cost = (second: number) => ({model, cost: 0.1, timestamp: at(second) / 1000});
const state = (usage_to_metrics: object) =>
	toLines({id: '5f1c7a10-0000-4000-8000-000000000001', agent: {llm: {model}}, stats: {usage_to_metrics}});

test('a condenser is a compaction between the calls of the agent', () => {
	const requests = readAll(
		openHands,
		state({
			agent: {
				token_usages: [usage('r1', 60_100, 0, 60_000), usage('r3', 14_000, 0, 13_900)],
				costs: [cost(5), cost(40)],
			},
			condenser: {token_usages: [usage('r2', 59_000, 0, 0)], costs: [cost(20)]},
		}),
	);
	expect(requests.map(({agent, rebuilt, time}) => [agent, rebuilt, time])).toEqual([
		['main', false, at(5)],
		['compaction', false, at(20)],
		['main', true, at(40)],
	]);
});

test('a call has no time where not every call had a cost, and is still counted', () => {
	const requests = readAll(
		openHands,
		state({agent: {token_usages: [usage('r1', 1100, 0, 1000), usage('r2', 1200, 1000, 100)], costs: [cost(5)]}}),
	);
	expect(requests).toHaveLength(2);
	expect(requests.map(({time}) => time)).not.toContain(at(5));
});

test('reads above the prompt are apart from it', () => {
	const [request] = readAll(
		openHands,
		state({agent: {token_usages: [usage('r1', 40, 20_000, 500)], costs: [cost(5)]}}),
	);
	expect(request?.usage).toMatchObject({uncached: 40, cacheRead: 20_000, cacheWrite5m: 500, accuracy: 'exact'});
});

test('older versions call the purpose of a model its service', () => {
	const metrics = {agent: {token_usages: [usage('r1', 1100, 0, 1000)], costs: [cost(5)]}};
	const older = {
		id: '5f1c7a10-0000-4000-8000-000000000001',
		agent: {llm: {model}},
		stats: {service_to_metrics: metrics},
	};
	expect(openHands.recognise(Buffer.from(toLines(older)))).toBe(true);
	expect(readAll(openHands, toLines(older))).toEqual(readAll(openHands, state(metrics)));
});

test('equal calls without an id are calls of their own', () => {
	const {response_id: _, ...unnamed} = usage('r1', 1100, 0, 1000);
	expect(readAll(openHands, state({agent: {token_usages: [unnamed, unnamed]}}))).toHaveLength(2);
});

test('delegates keep their names', () => {
	const requests = readAll(
		openHands,
		state({'delegate:tests': {token_usages: [usage('r1', 1100, 0, 1000)], costs: [cost(5)]}}),
	);
	expect(requests.map(({agent}) => agent)).toEqual(['delegate:tests']);
});
