import fc from 'fast-check';
import {expect, test} from 'vitest';
import {priceList} from '../../../source/metrics/money/pricing.js';
import {laneOf} from '../../../source/metrics/sums/parts.js';
import type {Request} from '../../../source/request.js';
import {FactColumns} from '../../../source/store/memory/fact-columns.js';
import {RequestColumns} from '../../../source/store/memory/request-columns.js';
import {TimeOrder} from '../../../source/store/memory/time-order.js';
import {randomCounted, randomRequests} from '../../support/random-requests.js';

const runs = {numRuns: Number(process.env.HITRATE_RUNS ?? 100)};
const prices = priceList();
const belonging = (request: Request) => ({log: request.source, lane: laneOf(request, prices)});
const rowsOf = (columns: RequestColumns) => Array.from({length: columns.count}, (_, row) => columns.at(row));

/** Plans that no sane log has, which do not fit where others are held. */
const oddPlans = fc.record({
	blocks: fc.array(
		fc.record({
			number: fc.constantFrom(1, -1, 0.5, 2 ** 40),
			tokens: fc.constantFrom(undefined, 7, 0.5, 1e12),
			reused: fc.boolean(),
		}),
		{maxLength: 3},
	),
	skipped: fc.constantFrom([], [{part: 'system' as const, tokens: 1.5}]),
	unsupported: fc.boolean(),
});
const requests = fc.oneof(
	{weight: 4, arbitrary: randomRequests},
	{weight: 1, arbitrary: fc.tuple(randomRequests, oddPlans).map(([request, plan]): Request => ({...request, plan}))},
);

test('a request comes back as it was put, even if it replaced another or follows some that were deleted', () => {
	const changes = fc.oneof(
		{weight: 4, arbitrary: fc.record({kind: fc.constant('add' as const), request: requests})},
		{weight: 2, arbitrary: fc.record({kind: fc.constant('set' as const), at: fc.nat(), request: requests})},
		{weight: 1, arbitrary: fc.record({kind: fc.constant('truncate' as const), at: fc.nat()})},
	);
	fc.assert(
		fc.property(fc.array(changes, {maxLength: 30}), all => {
			const columns = new RequestColumns();
			const expected: Request[] = [];
			/** Rows that were there when one was put into a place of another: so the store uses it, these are not forgotten. */
			let settled = 0;
			for (const change of all) {
				if (change.kind === 'add') {
					columns.add(change.request, belonging(change.request));
					expected.push(change.request);
				} else if (change.kind === 'set' && expected.length > 0) {
					const row = change.at % expected.length;
					const request = {...change.request, id: expected[row]?.id ?? ''};
					columns.set(row, request, belonging(request));
					expected[row] = request;
					settled = expected.length;
				} else if (change.kind === 'truncate') {
					const count = Math.max(settled, change.at % (expected.length + 1));
					columns.truncate(count);
					expected.length = count;
				}
			}
			expect(rowsOf(columns)).toEqual(expected);
			for (const [row, request] of rowsOf(columns).entries()) {
				const traced = columns.traced(row);
				const names = Object.keys(traced) as (keyof typeof traced)[];
				expect(traced).toEqual(Object.fromEntries(names.map(name => [name, request?.[name]])));
			}
		}),
		runs,
	);
});

test('thousands of rows keep what they hold while room is made for more', () => {
	const [some] = fc.sample(fc.array(requests, {minLength: 50, maxLength: 50}), {numRuns: 1, seed: 7}) as [Request[]];
	const columns = new RequestColumns();
	const all = Array.from({length: 5000}, (_, index) => ({...(some[index % 50] as Request), id: `${index}`}));
	for (const request of all) {
		columns.add(request, belonging(request));
	}
	expect(rowsOf(columns)).toEqual(all);
});

test('facts come back as they were set', () => {
	fc.assert(
		fc.property(fc.array(randomCounted, {maxLength: 20}), all => {
			const facts = new FactColumns(row => all[row]?.request.usage);
			facts.reset(all.length);
			for (const [row, one] of [...all, ...all.toReversed()].entries()) {
				facts.set(row % Math.max(1, all.length), one.facts);
			}
			for (const [row, {facts: expected}] of all.entries()) {
				facts.set(row, expected);
			}
			expect(all.map((_, row) => facts.at(row))).toEqual(all.map(one => one.facts));
		}),
		runs,
	);
});

test('rows are in order of time, those of one time as they came, whatever came later or was forgotten', () => {
	const steps = fc.array(
		fc.record({times: fc.array(fc.nat(20), {maxLength: 8}), kept: fc.nat(40), isForgotten: fc.boolean()}),
		{maxLength: 6},
	);
	fc.assert(
		fc.property(steps, all => {
			const order = new TimeOrder();
			let times: number[] = [];
			for (const step of all) {
				if (step.isForgotten) {
					times = times.map(time => 20 - time);
					order.forget();
				}
				order.truncate(step.kept);
				times = [...times.slice(0, step.kept), ...step.times];
				const expected = [...times.keys()].sort(
					(one, other) => (times[one] as number) - (times[other] as number) || one - other,
				);
				expect([...order.of(Float64Array.from(times), times.length)]).toEqual(expected);
			}
		}),
		runs,
	);
});
