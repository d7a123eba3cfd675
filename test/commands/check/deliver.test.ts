import {join} from 'node:path';
import {expect, test} from 'vitest';
import type {Alert, Channel} from '../../../source/alerts/alert.js';
import {judge} from '../../../source/alerts/judge.js';
import {parseRule} from '../../../source/alerts/parse-rule.js';
import {deliverTo} from '../../../source/commands/check/deliver.js';
import {UsageError} from '../../../source/errors.js';
import {contextOf} from '../../output/context.js';
import {withFolder} from '../../support/program.js';
import {hour, measured, reportFor, testNow} from '../../support/requests.js';

/** What `check` hands over where so many of ten requests hit. */
const found = (hits: number, hours: number) => {
	const requests = Array.from({length: 10}, (_, index) =>
		measured(index < hits ? {cacheRead: 100} : {uncached: 100}, {thread: `${index}`}),
	);
	const report = {...reportFor(requests), generatedAt: testNow + hours * hour};
	return {
		report,
		context: contextOf(),
		title: 'worker.log',
		verdicts: judge([parseRule('hit_rate < 70')], report, {minRequests: 10}),
	};
};

test('a failure is sent once, a recovery once, a dry run and a test are no incidents', async () => {
	await withFolder(async folder => {
		const told: Alert[] = [];
		const channel: Channel = {
			name: 'recorder',
			send: async alert => {
				told.push(alert);
			},
		};
		const receivers = {channels: [channel], scope: 'a', statePath: join(folder, 'alerts.json')};
		const deliver = deliverTo(receivers, {test: false, dryRun: false});
		const dry = await deliverTo(receivers, {test: false, dryRun: true})(found(5, 0));
		expect(dry.wouldSend).toMatchObject([{channel: 'recorder', kind: 'failed'}]);
		await deliverTo(receivers, {test: true, dryRun: false})(found(5, 0));
		for (const [hour, hits] of [8, 5, 4, 8, 8].entries()) {
			await deliver(found(hits, hour));
		}
		expect(told.map(({kind, time, title}) => [kind, (time - testNow) / hour, title])).toEqual([
			['test', 0, 'worker.log'],
			['failed', 1, 'worker.log'],
			['recovered', 3, 'worker.log'],
		]);
		expect(told[1]?.verdicts[0]?.text).toBe('Hit rate 50.0 % is below 70 % (by 20.0 points)');
		expect(told[2]?.incident).toBe(told[1]?.incident);
	});
});

test('nobody to tell is an error', () => {
	const receivers = {channels: [], title: '', scope: '', statePath: ''};
	expect(() => deliverTo(receivers, {test: false, dryRun: false})).toThrow(UsageError);
	expect(() => deliverTo(receivers, {test: false, dryRun: false})).toThrow(/no channel is known\. Set HITRATE_SLACK/);
});
