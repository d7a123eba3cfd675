import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import type {Alert} from '../../source/alerts/alert.js';
import {parseRule} from '../../source/alerts/parse-rule.js';
import {alertingOf} from '../../source/server/alerting.js';
import {measured, reportFor, testNow} from '../support/requests.js';

const misses = reportFor(Array.from({length: 20}, () => measured({uncached: 5000})));

test('a failing rule is reported once to each channel, and a dead channel is named in the log', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'hitrate-alerting-'));
	onTestFinished(() => rmSync(folder, {recursive: true, force: true}));
	const arrived: Alert[] = [];
	const {judge, notify} = alertingOf({
		window: {kind: 'all'},
		every: 1000,
		rules: [parseRule('hit_rate < 70')],
		minRequests: 10,
		channels: [
			{
				name: 'alive',
				send: async alert => {
					arrived.push(alert);
				},
			},
			{
				name: 'dead',
				send: async () => {
					throw new Error('connection refused');
				},
			},
		],
		statePath: join(folder, 'alerts.json'),
		scope: 'test',
	});
	const evaluate = (now: number) =>
		notify({verdicts: judge(misses), report: misses, title: 'worker.log', now}, new AbortController().signal);
	const first = await evaluate(testNow);
	expect(first).toEqual([
		expect.stringMatching(/^told alive \(failed\): .*Hit rate/),
		'could not tell dead (failed): connection refused; it is tried again',
	]);
	// Long enough for the dead one to be tried again.
	await evaluate(testNow + 3_600_000);
	expect(arrived.map(({kind, title}) => [kind, title])).toEqual([['failed', 'worker.log']]);
});
