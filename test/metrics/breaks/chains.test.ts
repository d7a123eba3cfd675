import {describe, expect, test} from 'vitest';
import {countThreads} from '../../../source/metrics/breaks/count-facts.js';
import {sumOfPaid} from '../../../source/metrics/breaks/paid-tokens.js';
import {measured} from '../../support/requests.js';
import {kindsOfThreads} from './kinds-of-threads.js';
import {limit, type ThreadCase, threadCases} from './thread-cases.js';

const first = Date.UTC(2026, 10, 20, 9);
const second = 1000;

const found = ({rows}: ThreadCase) => {
	const requests = rows.map(([at, uncached, cacheRead, cacheWrite5m, cacheWrite1h, told], index) => {
		const {sent, ...parts} = told ?? {};
		return measured(
			{uncached, cacheRead, cacheWrite5m, cacheWrite1h},
			{
				agent: 'main',
				...parts,
				time: first + at * second + index,
				...(sent !== undefined && {start: first + sent * second}),
			},
		);
	});
	const facts = countThreads(requests).counted.map(counted => counted.facts);
	const small = facts.flatMap(one => one.small ?? []);
	return {
		breaks: facts.flatMap(({loss}) => (loss ? [[loss.cause, sumOfPaid(loss)]] : [])),
		small: [small.length, small.reduce((sum, one) => sum + sumOfPaid(one), 0)],
		cold: facts.flatMap(({cold}) => cold?.kind ?? []).sort(),
	};
};

describe('threads worked out by hand', () => {
	test.each([...threadCases, ...kindsOfThreads].map(one => [one.name, one] as const))(
		'%s',
		(_, {name, rows, ...expected}) => {
			expect(found({name, rows, ...expected})).toEqual(expected);
		},
	);

	// What the counts of a thread cannot tell; a log that names its agents can.
	test.fails(limit.name, () => {
		const {name, rows, ...expected} = limit;
		expect(found(limit)).toEqual(expected);
	});
});
