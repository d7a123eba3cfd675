import {expect, test, vi} from 'vitest';
import type {Verdict} from '../../source/alerts/rule.js';
import {type Evaluation, startEvaluation} from '../../source/server/evaluation.js';
import {measuredDay, reportFor} from '../support/requests.js';

const report = reportFor(measuredDay());
const verdict = (state: Verdict['state']): Verdict => ({
	rule: 'hit_rate < 70',
	text: `Hit rate is ${state}`,
	state,
	value: undefined,
	limit: 70,
	cause: state === 'failed' ? 'Models were switched' : undefined,
});

/** Evaluates once for each of these; `fail` at the places given. */
const evaluateAll = async (
	states: readonly Verdict['state'][],
	notify: (place: number) => Promise<readonly string[]>,
) => {
	const said: string[] = [];
	const told: (readonly Verdict[])[] = [];
	let place = 0;
	const {promise, resolve} = promiseOf();
	const evaluation: Evaluation = startEvaluation({
		alerting: {
			window: {kind: 'all'},
			every: 1,
			marks: [],
			judge: () => [verdict(states[place] ?? 'ok')],
			notify: async ({verdicts}) => {
				told.push(verdicts);
				place++;
				if (place === states.length) {
					resolve();
				}
				return notify(place - 1);
			},
		},
		report: async () => ({report, since: new Map(), title: 'worker.log', now: 1}),
		say: line => said.push(line),
	});
	await promise;
	await evaluation.stop();
	return {said, told, evaluation};
};

const promiseOf = () => {
	let resolve = () => {};
	const promise = new Promise<void>(done => {
		resolve = done;
	});
	return {promise, resolve};
};

test('says what changed, and hands every verdict on', async () => {
	const {said, told} = await evaluateAll(['ok', 'failed', 'failed', 'unknown', 'failed', 'ok', 'ok'], async () => []);
	expect(said).toEqual(['alert: Hit rate is failed; Models were switched', 'recovered: Hit rate is ok']);
	expect(told.map(([one]) => one?.state)).toEqual(['ok', 'failed', 'failed', 'unknown', 'failed', 'ok', 'ok']);
});

test('keeps the verdict of a window that can no longer be judged', async () => {
	const {evaluation} = await evaluateAll(['failed', 'unknown'], async () => []);
	expect(evaluation.verdicts.map(({state}) => state)).toEqual(['failed']);
});

test('continues after an evaluation that failed', async () => {
	const {said, told} = await evaluateAll(['ok', 'ok', 'ok'], async place => {
		if (place === 1) {
			throw new Error('the state cannot be written');
		}
		return place === 2 ? ['told slack'] : [];
	});
	expect(told).toHaveLength(3);
	expect(said).toEqual(['the rules could not be evaluated: the state cannot be written', 'told slack']);
});

test('begins none before the one before is over, and none after it was stopped', async () => {
	let running = 0;
	let most = 0;
	let count = 0;
	const aborted = vi.fn();
	const evaluation = startEvaluation({
		alerting: {
			window: {kind: 'all'},
			every: 1,
			marks: [],
			judge: () => [],
			notify: async (_told, signal) => {
				most = Math.max(most, ++running);
				count++;
				if (count === 3) {
					await new Promise<void>(resolve => {
						signal.addEventListener('abort', () => {
							aborted();
							resolve();
						});
						arrived.resolve();
					});
				}
				running--;
				return [];
			},
		},
		report: async () => ({report, since: new Map(), title: '', now: 1}),
		say: () => {},
	});
	const arrived = promiseOf();
	await arrived.promise;
	await evaluation.stop();
	await new Promise(resolve => setTimeout(resolve, 20));
	expect(aborted).toHaveBeenCalledOnce();
	expect({most, count}).toEqual({most: 1, count: 3});
});
