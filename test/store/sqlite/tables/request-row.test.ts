import {expect, test} from 'vitest';
import type {Request} from '../../../../source/request.js';
import {bodyOf, fromBody} from '../../../../source/store/sqlite/tables/request-row.js';

const bare: Request = {
	id: 'a',
	time: 2000,
	thread: 't',
	project: undefined,
	source: 's.log',
	host: undefined,
	model: 'm',
	plan: undefined,
	usage: {uncached: 1, cacheRead: 5, cacheWrite5m: 2, cacheWrite1h: 3, output: 4, accuracy: 'exact'},
	missReason: undefined,
	rebuilt: false,
};

test('a kept request has every field that the log told', () => {
	const full: Request = {
		...bare,
		start: 1500,
		agent: 'explore',
		branch: 'main',
		line: 112,
		provider: 'bedrock',
		client: 'claude-code 2.1.272',
		settings: {effort: 'high', toolChoice: 'auto'},
		priceFactors: {speed: 'fast', inferenceGeo: 'us', tier: 'batch'},
		missReason: 'tools_changed',
		missTokens: 900,
		iterations: [{uncached: 1, cacheRead: 5, cacheWrite5m: 2, cacheWrite1h: 3}],
		events: [{kind: 'slash command', detail: '/model'}, {kind: 'new turn'}],
		replica: false,
		rebuilt: true,
	};
	expect(fromBody(bodyOf(full), full)).toEqual(full);
});

test('what the log did not tell stays absent', () => {
	expect(fromBody(bodyOf(bare), bare)).toEqual(bare);
	expect(JSON.parse(bodyOf(bare))).toHaveLength(5);
});

test('an unknown cache stays unknown', () => {
	const usage = {uncached: 9, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, output: 1, accuracy: 'exact'} as const;
	const unknown: Request = {...bare, usage: {...usage, cacheUnknown: true}};
	expect(fromBody(bodyOf(unknown), unknown).usage).toEqual({...usage, cacheUnknown: true});
});
