import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {Request} from '../../source/request.js';
import {replaces} from '../../source/store/replaces.js';
import {measured} from '../support/requests.js';

/** What is kept of tellings of one request that come in this order. */
const keptOf = (tellings: readonly Request[]): Request | undefined => {
	let kept: Request | undefined;
	for (const telling of tellings) {
		if (!kept || replaces(telling, kept)) {
			kept = telling;
		}
	}
	return kept;
};

test('of what several logs tell of one request the same is kept in any order', () => {
	const telling = fc.record({
		replica: fc.constantFrom(undefined, true as const),
		output: fc.constantFrom(1, 5, 90),
		model: fc.constantFrom(undefined, 'claude-sonnet-4-5'),
		thread: fc.constantFrom('s1', 's2', 's3'),
		time: fc.constantFrom(1000, 2000),
	});
	fc.assert(
		fc.property(
			fc
				.array(telling, {minLength: 2, maxLength: 6})
				.chain(all =>
					fc.tuple(
						fc.constant(all),
						fc.shuffledSubarray([...all.keys()], {minLength: all.length, maxLength: all.length}),
					),
				),
			([all, order]) => {
				const tellings = all.map(({output, replica, ...parts}, index) =>
					measured({output}, {id: 'r', source: `log ${index}`, ...(replica && {replica}), ...parts}),
				);
				const {source: _, ...kept} = keptOf(tellings) as Request;
				expect(keptOf(order.map(index => tellings[index] as Request))).toMatchObject(kept);
			},
		),
	);
});

test('what a log reports later replaces what it reported before, even if it is less', () => {
	const before = measured({output: 90}, {id: 'r'});
	expect(keptOf([before, {...before, usage: undefined}])?.usage).toBeUndefined();
});
