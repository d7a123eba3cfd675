import {expect, test} from 'vitest';
import {createPrefixCache, type Prefix} from '../../source/demo/prefix-cache.js';

const minute = 60_000_000;
const system: Prefix = {key: 'system', tokens: 10_000};
const first: Prefix = {key: 'first', tokens: 12_000};
const second: Prefix = {key: 'second', tokens: 15_000};

const serve = (
	cache: ReturnType<typeof createPrefixCache>,
	now: number,
	marked: readonly Prefix[],
	options: {readonly minimum?: number; readonly readable?: readonly Prefix[]; readonly lifetime?: number} = {},
) => {
	const {minimum = 1024, readable = marked, lifetime = 5 * minute} = options;
	return cache.serve({now, lifetime, minimum, marked, readable});
};

test('writes at first, then reads the longest prefix and writes what is new', () => {
	const cache = createPrefixCache();
	expect(serve(cache, 0, [system])).toEqual({read: 0, written: 10_000});
	expect(serve(cache, 1, [system, first])).toEqual({read: 10_000, written: 2_000});
	expect(serve(cache, 2, [system, first, second])).toEqual({read: 12_000, written: 3_000});
	expect(serve(cache, 3, [system, first, second])).toEqual({read: 15_000, written: 0});
});

test('a read prolongs the life of what it read, not of what is beyond', () => {
	const cache = createPrefixCache();
	serve(cache, 0, [system, first]);
	serve(cache, 4 * minute, [system]);
	expect(serve(cache, 8 * minute, [system, first])).toEqual({read: 10_000, written: 2_000});
	expect(serve(cache, 13 * minute, [system, first])).toEqual({read: 0, written: 12_000});
});

test('an hour is an hour', () => {
	const cache = createPrefixCache();
	serve(cache, 0, [system], {lifetime: 60 * minute});
	expect(serve(cache, 59 * minute, [system]).read).toBe(10_000);
});

test('prefixes below the minimum are not cached, the longer ones behind them are', () => {
	const cache = createPrefixCache();
	expect(serve(cache, 0, [system], {minimum: 11_000})).toEqual({read: 0, written: 0});
	expect(serve(cache, 1, [system, first], {minimum: 11_000})).toEqual({read: 0, written: 12_000});
	expect(serve(cache, 2, [system], {minimum: 11_000})).toEqual({read: 0, written: 0});
});

test('an earlier mark can be read though it is not marked again', () => {
	const cache = createPrefixCache();
	serve(cache, 0, [first]);
	expect(serve(cache, 1, [second], {readable: [first, second]})).toEqual({read: 12_000, written: 3_000});
	expect(serve(cache, 2, [second], {readable: []})).toEqual({read: 0, written: 15_000});
});
