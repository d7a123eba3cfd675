import {expect, test} from 'vitest';
import {AddedSums} from '../../../source/formats/backends/added-sums.js';
import {usageLines} from '../../../source/formats/backends/usage-lines/usage-lines.js';
import {formatContext, readLines} from '../reading.js';

const tokens = {uncached: 1, cacheRead: 20, cacheWrite5m: 3, cacheWrite1h: 4, output: 5};
const sum = (id: string, requests: number | undefined) => ({id, thread: undefined, requests, tokens});

test('adds tokens by id, and requests while their number is known', () => {
	const sums = new AddedSums();
	for (const [id, requests] of [
		['a', 2],
		['b', 3],
		['a', 4],
		['b', undefined],
	] as const) {
		sums.add(sum(id, requests));
	}
	const twice = {uncached: 2, cacheRead: 40, cacheWrite5m: 6, cacheWrite1h: 8, output: 10};
	expect(new AddedSums(JSON.parse(JSON.stringify(sums.all))).all).toMatchObject([
		{id: 'a', requests: 6, tokens: twice},
		{id: 'b', tokens: twice},
	]);
	expect(sums.all.at(-1)?.requests).toBeUndefined();
});

test('a saved sum without tokens is not continued', () => {
	const run = (id: string) => ({
		time: '2026-11-27T10:00:00Z',
		id,
		thread_id: 't',
		usage: {requests: 3, input_tokens: 900, cache_read_tokens: 500, output_tokens: 7},
	});
	const saved = JSON.parse(JSON.stringify(readLines(usageLines, [run('a')]).session.save()));
	const later = (state: unknown) => {
		const session = usageLines.open(formatContext(), state);
		session.lines(Buffer.from(`${JSON.stringify(run('b'))}\n`), false);
		return session.sums;
	};
	expect(later(saved)).toMatchObject([{requests: 6, tokens: {cacheRead: 1000}}]);
	saved.records.sums = [{id: 't'}];
	expect(later(saved)).toMatchObject([{requests: 3, tokens: {cacheRead: 500}}]);
});
