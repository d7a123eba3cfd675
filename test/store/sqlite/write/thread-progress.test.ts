import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Revision} from '../../../../source/metrics/breaks/chain.js';
import {countThreads} from '../../../../source/metrics/breaks/count-facts.js';
import type {Facts} from '../../../../source/metrics/breaks/facts.js';
import type {Request} from '../../../../source/request.js';
import {type Place, ThreadProgress} from '../../../../source/store/sqlite/write/thread-progress.js';
import {measured, request} from '../../../support/requests.js';
import {runs} from '../../../support/runs.js';

const minute = 60_000;

const tokens = fc.constantFrom(0, 0, 4000, 9000);
/** Whether the latest is replaced, and what comes: mostly later, rarely at the same time or earlier. */
const steps = fc.array(
	fc.record({
		replaces: fc.boolean(),
		later: fc.constantFrom(minute, 7 * minute, 50 * minute, 0, -minute),
		cacheRead: tokens,
		cacheWrite5m: tokens,
		cacheWrite1h: tokens,
		hasUsage: fc.constantFrom(true, true, true, false),
		accuracy: fc.constantFrom('exact', 'exact', 'estimated'),
	}),
	{minLength: 1, maxLength: 8},
);

describe('the progress of a thread', () => {
	test('gives the facts that counting all of it gives, or says that it may not', () => {
		let [fresh, stale] = [0, 0];
		fc.assert(
			fc.property(steps, all => {
				const progress = new ThreadProgress(1);
				const kept: {request: Request; facts: Facts; row: number}[] = [];
				const revise = (revisions: readonly Revision<Place>[]): void => {
					for (const {key, before, after} of revisions) {
						const one = kept.find(({row}) => row === key.row);
						if (one) {
							expect(one.facts).toEqual(before);
							one.facts = after;
						}
					}
				};
				for (const {replaces, later, hasUsage, ...usage} of all) {
					const before = replaces ? kept.pop() : undefined;
					if (before) {
						revise(progress.remove(before.request, before.row));
					}
					const time = (kept.at(-1)?.request.time ?? 0) + later;
					const next = hasUsage ? measured(usage, {time}) : request({time});
					const row = before?.row ?? kept.length;
					const {facts, revised} = progress.add(next, {row, lane: 1, log: 1, time});
					kept.push({request: next, facts, row});
					revise(revised);
					if (progress.isStale) {
						stale++;
						return;
					}
					fresh++;
					const ordered = [...kept].sort((one, other) => one.request.time - other.request.time || one.row - other.row);
					const counted = countThreads(ordered.map(one => one.request)).counted;
					expect(ordered.map(({facts}) => facts)).toEqual(counted.map(({facts}) => facts));
				}
			}),
			{numRuns: runs(3000)},
		);
		expect(fresh).toBeGreaterThan(stale);
	});

	test('continues with one more, and with the latest once more', () => {
		const progress = new ThreadProgress(1);
		const at = (minutes: number, cacheRead: number, cacheWrite5m: number) =>
			measured({cacheRead, cacheWrite5m}, {time: minutes * minute});
		const place = (row: number, minutes: number) => ({row, lane: 1, log: 1, time: minutes * minute});
		progress.add(at(0, 0, 9000), place(1, 0));
		const growing = at(2, 9000, 100);
		progress.add(growing, place(2, 2));
		progress.remove(growing, 2);
		expect(progress.add(at(3, 9000, 300), place(2, 3)).facts.gap).toBe(3 * minute);
		expect(progress.add(at(20, 0, 9500), place(3, 20)).facts.loss).toMatchObject({cause: 'expired', fiveMinutes: 9300});
		expect(progress.isStale).toBe(false);
	});

	test('is kept of a thread that is expected to go on, and of a long one', () => {
		const lasting = (count: number, openSince: number): readonly (number | undefined)[] => {
			const progress = new ThreadProgress(1);
			const kept: (number | undefined)[] = [];
			for (let row = 1; row <= count; row++) {
				const time = row * minute;
				progress.add(measured({cacheRead: 9000, cacheWrite5m: 100}, {time}), {row, lane: 1, log: 1, time});
				progress.save(openSince, checkpoint => kept.push(checkpoint?.time));
			}
			return kept;
		};
		expect(lasting(200, 0)).toEqual([64, 128, 192].map(row => row * minute));
		expect(lasting(200, 100 * minute)).toEqual([128, 192].map(row => row * minute));
		expect(lasting(200, 500 * minute)).toEqual([]);
		expect(lasting(9000, 10_000 * minute)).toHaveLength(2);
	});
});
