import {describe, expect, test} from 'vitest';
import {priceList} from '../../../source/metrics/money/pricing.js';
import type {Request, Usage} from '../../../source/request.js';
import {findBreaks, reportOf} from '../../support/recount.js';
import {measured} from '../../support/requests.js';

const prices = priceList(
	new Map([['claude-sonnet-4-5', {input: 3, cacheRead: 0.3, cacheWrite5m: 3.75, cacheWrite1h: 6}]]),
);
const minute = 60_000;
const start = Date.UTC(2026, 10, 22);

/** A thread that wrote 50,000 tokens and then, some minutes later, sent the request given. */
const breakAfter = (
	minutes: number,
	tokens: Partial<Usage>,
	parts: Partial<Request> = {},
	first: readonly [Partial<Usage>, Partial<Request>?] = [{cacheWrite5m: 50_000}],
) =>
	findBreaks(
		[measured(first[0], {time: start, ...first[1]}), measured(tokens, {time: start + minutes * minute, ...parts})],
		prices,
	);

describe('what is a break', () => {
	test('the first request of a thread is none', () => {
		expect(
			findBreaks([measured({uncached: 90_000}, {thread: 'a'}), measured({uncached: 90_000}, {thread: 'b'})], prices)
				.all,
		).toEqual([]);
	});

	test('losing more than a twentieth is one, less is none', () => {
		expect(breakAfter(1, {cacheRead: 47_600, cacheWrite5m: 2400}).all).toHaveLength(0);
		expect(breakAfter(1, {cacheRead: 47_400, cacheWrite5m: 2600}).all).toHaveLength(1);
	});

	test('a twentieth of what it could have read: of its own prompt where that is smaller', () => {
		expect(breakAfter(1, {cacheRead: 38_100, cacheWrite5m: 1900}).all).toHaveLength(0);
		expect(breakAfter(1, {cacheRead: 37_900, cacheWrite5m: 2100}).all).toHaveLength(1);
	});

	test('losing less than the model can cache is none', () => {
		const first = [{cacheWrite5m: 2000}] as const;
		expect(breakAfter(1, {cacheRead: 990, cacheWrite5m: 1010}, {}, first).all).toHaveLength(0);
		expect(breakAfter(1, {cacheRead: 900, cacheWrite5m: 1100}, {}, first).all).toHaveLength(1);
	});

	test('what left the prompt was not paid for again', () => {
		expect(breakAfter(1, {cacheRead: 40_000, uncached: 100}).all).toHaveLength(0);
		expect(breakAfter(1, {cacheRead: 10_000, cacheWrite5m: 30_000}).all[0]?.lostTokens).toBe(30_000);
	});

	test('what was read counts as cached as well as what was written', () => {
		const [found] = findBreaks(
			[
				measured({cacheRead: 30_000, cacheWrite5m: 20_000}, {time: start}),
				measured({cacheRead: 10_000, cacheWrite5m: 41_000}, {time: start + minute}),
			],
			prices,
		).all;
		expect(found?.lostTokens).toBe(40_000);
	});

	test('requests without a thread, without usage, or with an estimated one say nothing', () => {
		expect(breakAfter(1, {uncached: 50_000, accuracy: 'estimated'}).all).toEqual([]);
		expect(breakAfter(1, {uncached: 50_000, cacheUnknown: true}).all).toEqual([]);
		expect(
			findBreaks(
				[measured({cacheWrite5m: 50_000}, {thread: undefined}), measured({cacheWrite5m: 50_000}, {thread: undefined})],
				prices,
			).all,
		).toEqual([]);
	});

	test('a first request whose provider says how much it missed', () => {
		const lone = (parts: Partial<Request>) => findBreaks([measured({cacheWrite5m: 60_000}, parts)], prices).all;
		expect(lone({missReason: 'tools_changed', missTokens: 50_000})).toMatchObject([
			{cause: 'reported', detail: 'tools_changed', lostTokens: 50_000, gap: undefined},
		]);
		expect(lone({missReason: 'tools_changed', missTokens: 90_000})[0]?.lostTokens).toBe(60_000);
		expect(lone({missReason: 'tools_changed'})).toEqual([]);
	});

	test('a line that sums two calls: the second is held against the first, and leaves its own end', () => {
		const calls = [
			{uncached: 10, cacheRead: 50_000, cacheWrite5m: 1000, cacheWrite1h: 0},
			{uncached: 10, cacheRead: 51_000, cacheWrite5m: 2000, cacheWrite1h: 0},
		];
		const summed = measured(
			{uncached: 20, cacheRead: 101_000, cacheWrite5m: 3000},
			{time: start + minute, iterations: calls},
		);
		const thread = (cacheRead: number, cacheWrite5m: number) =>
			findBreaks(
				[
					measured({cacheWrite5m: 50_000}, {time: start}),
					summed,
					measured({cacheRead, cacheWrite5m}, {time: start + 2 * minute}),
				],
				prices,
			).all.map(({lostTokens}) => lostTokens);
		expect(thread(53_000, 500)).toEqual([]);
		expect(thread(40_000, 13_500)).toEqual([13_000]);
	});
});

describe('causes: one each, the first that applies', () => {
	const rewritten = {cacheWrite5m: 50_500};
	const wrote = (parts: Partial<Request>) => [{cacheWrite5m: 50_000}, parts] as const;
	const hourly = [{cacheWrite1h: 50_000}] as const;
	test.each<[string, ReturnType<typeof breakAfter>, string]>([
		[
			'the provider said so',
			breakAfter(9, rewritten, {missReason: 'tools changed', model: 'claude-haiku-4-5'}),
			'reported',
		],
		['the provider does not know', breakAfter(1, rewritten, {missReason: 'unavailable'}), 'reported'],
		['the provider does not know, after expiry', breakAfter(9, rewritten, {missReason: 'unavailable'}), 'expired'],
		['the provider says that it was no miss', breakAfter(1, rewritten, {missReason: 'none'}), 'prefix-changed'],
		['another model', breakAfter(1, rewritten, {model: 'claude-opus-4-5'}), 'model-switched'],
		['another model after expiry', breakAfter(9, rewritten, {model: 'claude-opus-4-5'}), 'expired'],
		[
			'another provider',
			breakAfter(1, rewritten, {provider: 'vertex'}, wrote({provider: 'bedrock'})),
			'provider-switched',
		],
		['a provider told once only', breakAfter(1, rewritten, {provider: 'vertex'}), 'prefix-changed'],
		['a gap beyond five minutes', breakAfter(5.1, rewritten, {rebuilt: true}), 'expired'],
		['a gap of just five minutes', breakAfter(5, rewritten), 'prefix-changed'],
		[
			'a slow answer: the gap begins when it was sent',
			breakAfter(4, rewritten, {}, wrote({start: start - 2 * minute})),
			'expired',
		],
		['sent in time and answered late', breakAfter(8, rewritten, {start: start + 4 * minute}), 'prefix-changed'],
		['an hour not yet over', breakAfter(59, rewritten, {}, hourly), 'prefix-changed'],
		['an hour over', breakAfter(61, rewritten, {}, hourly), 'expired'],
		['the log says it was rebuilt', breakAfter(1, rewritten, {rebuilt: true}), 'rebuilt'],
		['sent before the other was answered', breakAfter(1, rewritten, {start: start - 5000}), 'concurrent'],
		['sent in the second of the answer', breakAfter(1, rewritten, {start: start - 900}), 'prefix-changed'],
		['seconds later, the same amount written', breakAfter(0.1, {cacheWrite5m: 50_400}), 'concurrent'],
		['seconds later, another amount written', breakAfter(0.1, {cacheWrite5m: 70_000}), 'prefix-changed'],
		[
			'another version of the client',
			breakAfter(1, rewritten, {client: 'claude-code 2.1.9'}, wrote({client: 'claude-code 2.1.8'})),
			'client-updated',
		],
		[
			'other settings',
			breakAfter(1, rewritten, {settings: {effort: 'low'}}, wrote({settings: {effort: 'high'}})),
			'settings-changed',
		],
		[
			'a setting told once only',
			breakAfter(1, rewritten, {settings: {effort: 'low'}}, wrote({settings: {speed: 'fast'}})),
			'prefix-changed',
		],
		['read to an earlier mark', breakAfter(1, {cacheRead: 20_000, cacheWrite5m: 30_500}), 'prefix-changed'],
		[
			'a cache that fills by itself',
			breakAfter(1, {uncached: 50_500}, {model: 'gpt-5.1'}, [{uncached: 50_000}, {model: 'gpt-5.1'}]),
			'not-read',
		],
		[
			'a model of no known family that reports no writes',
			breakAfter(1, {uncached: 50_500}, {model: 'house'}, [{cacheRead: 50_000}, {model: 'house'}]),
			'unknown',
		],
		[
			'a model of no known family that reports writes',
			breakAfter(1, {uncached: 50_500}, {model: 'house'}, [{cacheWrite5m: 50_000}, {model: 'house'}]),
			'prefix-changed',
		],
	])('%s', (_, {all}, cause) => {
		expect(all.map(found => found.cause)).toEqual([cause]);
		expect(all[0]?.reported).toBe(cause === 'reported');
	});

	test.each<[string, ReturnType<typeof breakAfter>, string]>([
		['no reason', breakAfter(1, rewritten, {missReason: 'unavailable'}), 'no cause given'],
		['a model', breakAfter(1, rewritten, {model: 'claude-opus-4-5'}), 'claude-sonnet-4-5 → claude-opus-4-5'],
		['expiry', breakAfter(13, rewritten), 'idle for 13 min; the cache expires after 5 min'],
		[
			'expiry where the provider promises no time',
			breakAfter(40, {uncached: 50_500}, {model: 'gpt-5.1'}, [{uncached: 50_000}, {model: 'gpt-5.1'}]),
			'idle for 40 min: probably expired, such a cache is kept for about 10 min',
		],
		['nothing read', breakAfter(1, rewritten), 'nothing was read: the start of the prompt changed'],
		[
			'nothing written',
			breakAfter(1, {uncached: 50_500}),
			'nothing was read or written: the start of the prompt changed, or nothing was marked',
		],
		['a part read', breakAfter(1, {cacheRead: 20_000, cacheWrite5m: 30_500}), 'matched only the first 20,000 tokens'],
		[
			'settings',
			breakAfter(
				1,
				rewritten,
				{settings: {effort: 'low', toolChoice: 'any'}},
				wrote({settings: {effort: 'high', toolChoice: 'auto'}}),
			),
			'effort high → low, tool choice auto → any',
		],
	])('%s is said and no more than is known', (_, {all}, detail) => {
		expect(all.map(found => found.detail)).toEqual([detail]);
	});

	test.each([
		['24h', 40, 'not-read', undefined],
		['24h', 25 * 60, 'expired', 'idle for 25 h 0 min; such a cache is kept for about 24 h 0 min'],
		['in_memory', 40, 'expired', 'idle for 40 min: probably expired, such a cache is kept for about 10 min'],
		['99999h', 25 * 60, 'expired', 'idle for 25 h 0 min; such a cache is kept for about 24 h 0 min'],
		['0h', 40, 'expired', undefined],
		['forever', 40, 'expired', undefined],
	])(
		'a cache that fills by itself lives as long as it was asked to: %s, after %i minutes',
		(told, minutes, cause, detail) => {
			const asked = {model: 'gpt-5.1', settings: {cacheLifetime: told}};
			const {all} = breakAfter(minutes, {uncached: 50_000}, asked, [{uncached: 50_000}, asked]);
			expect(all).toMatchObject([{cause, ...(detail && {detail})}]);
		},
	);

	test('a read keeps the lifetime that was written before it', () => {
		const thread = [
			measured({cacheWrite1h: 50_000}, {time: start}),
			measured({cacheRead: 50_000}, {time: start + minute}),
			measured(rewritten, {time: start + 30 * minute}),
		];
		expect(findBreaks(thread, prices).all.map(({cause}) => cause)).toEqual(['prefix-changed']);
	});
});

describe('until the chain that seems broken has expired', () => {
	const at = (minutes: number, tokens: Partial<Usage>) => measured(tokens, {time: start + minutes * minute});
	const thread = [at(0, {cacheWrite5m: 50_000}), at(1, {cacheWrite5m: 48_000})];

	/** How many are, and whether the first is, when the report is made. */
	const provisionalAt = (now: number) => {
		const window = {from: start, to: now + 1, name: 'custom'};
		const {breaks} = reportOf(thread, window, prices, now);
		return [breaks.provisional.count, breaks.all[0]?.provisional];
	};

	test('a break is provisional', () => {
		expect(provisionalAt(start + 2 * minute)).toEqual([1, true]);
		expect(provisionalAt(start + 5 * minute)).toEqual([0, false]);
	});

	test('a read of what it holds shows that the other request began a chain of its own', () => {
		expect(findBreaks([...thread, at(4, {cacheRead: 50_000, cacheWrite5m: 300})], prices).count).toBe(0);
		expect(findBreaks([...thread, at(6, {cacheRead: 50_000, cacheWrite5m: 300})], prices).count).toBe(1);
	});
});

describe('what it cost', () => {
	test('what was written again, at the price of writing, else at that of input', () => {
		expect(breakAfter(9, {cacheWrite5m: 50_000}).lostCost).toBeCloseTo((50_000 * (3.75 - 0.3)) / 1e6, 12);
		expect(breakAfter(9, {uncached: 50_000}).lostCost).toBeCloseTo((50_000 * (3 - 0.3)) / 1e6, 12);
		expect(breakAfter(9, {cacheWrite5m: 20_000, uncached: 30_000}).lostCost).toBeCloseTo(
			(20_000 * 3.45 + 30_000 * 2.7) / 1e6,
			12,
		);
		expect(breakAfter(9, {cacheWrite1h: 50_000}).lostCost).toBeCloseTo((50_000 * (6 - 0.3)) / 1e6, 12);
	});

	test('the part behind what was read: 1-hour writes come first in a prompt', () => {
		expect(
			breakAfter(9, {cacheRead: 20_000, cacheWrite1h: 10_000, cacheWrite5m: 15_000, uncached: 9000}).lostCost,
		).toBeCloseTo((10_000 * 5.7 + 15_000 * 3.45 + 5000 * 2.7) / 1e6, 12);
	});

	test('is n/a without a price, while the tokens count', () => {
		expect(breakAfter(9, {cacheWrite5m: 50_000}, {model: 'kortix/basic'})).toMatchObject({
			lostTokens: 50_000,
			lostCost: undefined,
		});
	});

	test('totals are by cause, most expensive first', () => {
		const requests = [
			measured({cacheWrite5m: 50_000}, {time: start}),
			measured({cacheWrite5m: 50_000}, {time: start + 10 * minute}),
			measured({cacheRead: 40_000, cacheWrite5m: 11_000}, {time: start + 11 * minute}),
		];
		expect(
			findBreaks(requests, prices).byCause.map(({cause, breaks, lostTokens}) => [cause, breaks, lostTokens]),
		).toEqual([
			['expired', 1, 50_000],
			['prefix-changed', 1, 10_000],
		]);
	});
});
