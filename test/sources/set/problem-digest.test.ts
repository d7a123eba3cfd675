import {expect, test} from 'vitest';
import {ProblemDigest} from '../../../source/sources/set/problem-digest.js';
import {Collected} from '../collect.js';

test('the first few of a kind are reported individually, the others as a number', () => {
	const collected = new Collected();
	const digest = new ProblemDigest('~/tree', collected);
	const tell = (kind: 'binary' | 'unreadable', name: string) =>
		digest.problem({kind, name, message: `${name}: is bad`, count: 1});
	for (const name of ['a', 'b', 'c', 'd', 'd', 'e', 'a']) {
		tell('binary', name);
	}

	tell('unreadable', 'f');
	expect(collected.problems.map(({name, count}) => [name, count])).toEqual([
		['a', 1],
		['b', 1],
		['c', 1],
		['~/tree', 1],
		['~/tree', 2],
		['a', 1],
		['f', 1],
	]);
	expect(collected.problems[4]?.message).toBe('~/tree: the same with 2 more, the last of them e: is bad');
});
