import {expect, test} from 'vitest';
import {agentpress} from '../../../../source/formats/backends/agentpress/agentpress.js';
import {lineOf, readEvent} from '../../../../source/formats/backends/glitchtip/event.js';
import {glitchtip} from '../../../../source/formats/backends/glitchtip/glitchtip.js';
import {usageLines} from '../../../../source/formats/backends/usage-lines/usage-lines.js';
import {apiEvent, exception, firstTime, idOf, minute, snakeEvent} from '../../../glitchtip/events.js';
import {readLines} from '../../reading.js';

const read = (events: readonly unknown[], saved?: unknown) => readLines(glitchtip, events, {source: 'suna'}, saved);

const blocksOf = (metrics: object) =>
	read([apiEvent(0, {metrics})]).requests[0]?.plan?.blocks.map(({number, tokens}) => [number, tokens]);

test('an event is a request with a plan and nothing of its outcome', () => {
	const {requests, tally} = read([apiEvent(4)]);
	expect(requests).toEqual([
		{
			id: `glitchtip:${idOf(4)}`,
			time: firstTime + 4 * minute,
			thread: undefined,
			project: undefined,
			source: 'suna',
			host: 'worker-1',
			model: 'anthropic/claude-sonnet-4-20250514',
			plan: {
				blocks: [
					{number: 1, tokens: 14_238, reused: false},
					{number: 2, tokens: undefined, reused: false},
					{number: 3, tokens: undefined, reused: false},
				],
				skipped: [],
				unsupported: false,
			},
			usage: undefined,
			missReason: undefined,
			rebuilt: false,
		},
	]);
	expect(tally).toMatchObject({candidates: 1, plans: 1, lookAlikes: 0, brokenJson: 0, untimed: 0});
});

test('both key styles, and the line that the source makes of an event, are the same request', () => {
	const {requests} = read([apiEvent(4)]);
	const event = readEvent(apiEvent(4));
	expect(read([snakeEvent(4)]).requests).toEqual(requests);
	expect(event && read([lineOf(event).trimEnd()]).requests).toEqual(requests);
});

test.each([
	[
		'one conversation block',
		{blocks_used: 2},
		[
			[1, 14_238],
			[2, 30_500],
		],
	],
	['the system prompt alone', {blocks_used: 1}, [[1, 14_238]]],
	['a system prompt that is too small', {blocks_used: 1, system_tokens: 820}, [[2, 30_500]]],
	[
		'no system prompt',
		{blocks_used: 2, system_tokens: 0},
		[
			[2, undefined],
			[3, undefined],
		],
	],
	['nothing marked', {blocks_used: 0}, []],
])('%s', (_, metrics, blocks) => {
	expect(blocksOf(metrics)).toEqual(blocks);
});

test('a system prompt left unmarked is skipped', () => {
	expect(read([apiEvent(0, {metrics: {system_tokens: 820}})]).requests[0]?.plan?.skipped).toEqual([
		{part: 'system', tokens: 820},
	]);
});

test('an exception that carries the numbers of an earlier call is none', () => {
	const {requests, tally} = read([exception(0), {...apiEvent(1), message: 'See "Prompt Cache Metrics: 1/4 blocks"'}]);
	expect(requests).toEqual([]);
	expect(tally).toMatchObject({lookAlikes: 2, plans: 0});
});

test.each([
	[{blocks_used: '3'}],
	[{blocks_used: -1}],
	[{blocks_used: 1e15}],
	[{blocks_used: 2.5}],
	[{system_tokens: null}],
])('numbers that are none: %o', metrics => {
	const {requests, tally} = read([apiEvent(0, {metrics})]);
	expect(requests).toEqual([]);
	expect(tally.lookAlikes).toBe(1);
});

test('an event that is read twice counts as repeated, also by the next session', () => {
	const {session, tally} = read([apiEvent(0), snakeEvent(0)]);
	expect(tally).toMatchObject({plans: 1, repeats: 1});
	const next = read([apiEvent(0)], JSON.parse(JSON.stringify(session.save())));
	expect(next.tally).toMatchObject({plans: 1, repeats: 2});
	expect(next.requests.map(({id}) => id)).toEqual([`glitchtip:${idOf(0)}`]);
});

test('an event without a time has that of the one before, one that was cut is passed over', () => {
	const {requests, tally} = read([
		apiEvent(3),
		{...apiEvent(4), dateCreated: 'yesterday', dateReceived: undefined},
		'{"contexts": {"cache_metrics": {"blocks_used": 3, "total_tokens": 9',
	]);
	expect(requests.map(({time}) => time)).toEqual([firstTime + 3 * minute, firstTime + 3 * minute]);
	expect(tally).toMatchObject({untimed: 1, brokenJson: 1});
});

test('the time of the server stands in for one that cannot be read', () => {
	const {requests} = read([{...apiEvent(3), dateCreated: 'yesterday'}]);
	expect(requests[0]?.time).toBe(firstTime + 3 * minute + 220);
});

test('recognises its own lines and no others, and no other format takes them', () => {
	const own = Buffer.from(`${JSON.stringify(exception(1))}\n${JSON.stringify(snakeEvent(0))}\n`);
	expect(glitchtip.recognise(own)).toBe(true);
	expect([agentpress, usageLines].some(format => format.recognise(own))).toBe(false);
	expect(glitchtip.recognise(Buffer.from(`${JSON.stringify(exception(1))}\n`))).toBe(false);
	expect(
		glitchtip.recognise(Buffer.from('2025-10-20T08:15:30Z [info     ] Prompt Cache Metrics: 3/4 blocks thread_id=a\n')),
	).toBe(false);
});
