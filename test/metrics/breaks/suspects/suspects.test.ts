import {describe, expect, test} from 'vitest';
import type {Request, ThreadEvent} from '../../../../source/request.js';
import {hour, measured, reportFor, testNow} from '../../../support/requests.js';

const minute = 60_000;
const command: ThreadEvent = {kind: 'slash command', detail: '/mcp'};
const turn: ThreadEvent = {kind: 'new turn'};

/** One thread that writes 60,000 tokens and then, every minute, reads all or loses what follows `read`. */
const thread = (
	name: string,
	steps: readonly {events?: readonly ThreadEvent[]; read?: number; told?: Partial<Request>}[],
) => {
	const time = testNow - 20 * hour;
	return [
		measured({uncached: 10, cacheWrite1h: 60_000}, {thread: name, time, project: 'shop'}),
		...steps.map(({events, read = 60_000, told}, index) =>
			measured(
				{uncached: 10, cacheRead: read, cacheWrite1h: 60_000 - read},
				{thread: name, time: time + (index + 1) * minute, project: 'shop', ...(events && {events}), ...told},
			),
		),
	];
};
const calm = (events?: readonly ThreadEvent[]) => ({...(events && {events})});
const broken = (events?: readonly ThreadEvent[], read = 20_000) => ({read, ...(events && {events})});
const many = <Item>(length: number, item: Item): readonly Item[] => Array.from({length}, () => item);
const evidence = (...requests: readonly Request[]) => reportFor(requests).evidence;

describe('a suspect', () => {
	test('stands before breaks more often than before other requests', () => {
		// 16 requests, 3 of them breaks; the command stands before 4 of them, 3 of them breaks: 3/3 against 4/16.
		const found = evidence(...thread('a', [...many(3, broken([command])), calm([command]), ...many(11, calm())]));
		expect(found.suspects).toEqual([
			{
				kind: 'slash command',
				detail: '/mcp',
				breaks: 3,
				requests: 4,
				lift: 4,
				lostCost: expect.closeTo(3 * 40_000 * (6 - 0.3) * 1e-6),
			},
		]);
		expect(found.requests).toBe(16);
	});

	test.each([
		['two breaks only', [...many(2, broken([command])), ...many(12, calm())]],
		['as often before requests that broke nothing', [...many(3, broken([command])), ...many(12, calm([command]))]],
		[
			'breaks whose cause is an event itself',
			[...many(3, {...broken([command]), told: {rebuilt: true}}), ...many(12, calm())],
		],
		['nothing', [...many(3, broken()), ...many(12, calm())]],
	])('is none with %s behind it', (_, steps) => {
		expect(evidence(...thread('a', steps)).suspects).toEqual([]);
	});

	test('is a kind where no name alone accounts for it', () => {
		const tools = (detail: string) => broken([{kind: 'tools', detail}]);
		const {suspects} = evidence(...thread('a', [tools('+a'), tools('+b'), tools('+c'), ...many(12, calm())]));
		expect(suspects).toMatchObject([{kind: 'tools', detail: undefined, breaks: 3}]);
	});

	test('is a new turn only where nothing else happened', () => {
		const both = evidence(...thread('a', [...many(3, broken([turn, command])), ...many(12, calm())]));
		expect(both.suspects.map(({kind}) => kind)).toEqual(['slash command']);
		const alone = evidence(...thread('a', [...many(3, broken([turn])), ...many(12, calm())]));
		expect(alone.suspects.map(({kind}) => kind)).toEqual(['new turn']);
	});

	test('is counted once a request, however often it happened before it', () => {
		const twice = broken([
			{kind: 'tools', detail: '+a'},
			{kind: 'tools', detail: '+b'},
		]);
		const {suspects} = evidence(...thread('a', [...many(3, twice), ...many(12, calm())]));
		expect(suspects.map(({breaks}) => breaks)).toEqual([3, 3]);
	});
});

describe('what survived', () => {
	test('is where most breaks stopped', () => {
		const {survived} = evidence(
			...thread('a', [...many(4, broken(undefined, 19_923)), broken(undefined, 5000), calm()]),
		);
		expect(survived).toEqual([{cluster: 'project', name: 'shop', read: 19_923, breaks: 4, of: 5}]);
	});

	test('is reported for the widest group only, and for a narrower one if that says more', () => {
		const found = evidence(
			...thread('a', many(3, broken(undefined, 19_923))),
			...thread('b', many(4, broken(undefined, 7000))),
		).survived;
		expect(found).toEqual([
			{cluster: 'project', name: 'shop', read: 7000, breaks: 4, of: 7},
			{cluster: 'project', name: 'shop', read: 19_923, breaks: 3, of: 7},
		]);
	});

	test('is not said again of a narrower group that the wider one covers whole', () => {
		const found = evidence(
			...thread('a', many(3, broken(undefined, 19_923))),
			...thread('b', many(4, broken(undefined, 19_923))),
		).survived;
		expect(found).toEqual([{cluster: 'project', name: 'shop', read: 19_923, breaks: 7, of: 7}]);
	});

	test.each([
		['two breaks', many(2, broken(undefined, 19_923))],
		['breaks that stopped elsewhere each time', [1, 2, 3, 4].map(index => broken(undefined, index * 5000))],
		['breaks that are explained', many(3, {...broken(undefined, 19_923), told: {rebuilt: true}})],
	])('is no pattern with %s', (_, steps) => {
		expect(evidence(...thread('a', steps)).survived).toEqual([]);
	});
});
