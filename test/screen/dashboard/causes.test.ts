import {expect, test} from 'vitest';
import {causes} from '../../../source/screen/dashboard/causes.js';
import {paneRows} from '../../support/panes.js';
import {measured, testNow} from '../../support/requests.js';
import {snapshotOf} from '../../support/snapshots.js';

const minute = 60_000;
/** A thread whose second request finds nothing of so many written tokens. */
const broken = (thread: string, tokens: number, model?: string) => [
	measured({cacheWrite5m: tokens}, {time: testNow - 3 * minute, thread, ...(model === undefined ? {} : {model})}),
	measured({cacheWrite5m: tokens}, {time: testNow - 2 * minute, thread, ...(model === undefined ? {} : {model})}),
];

test('the thread that cost the most is named, not one whose tokens have no price', () => {
	const snapshot = snapshotOf({requests: [...broken('aaaa', 20_000), ...broken('bbbb', 90_000, 'kortix/power')]});
	expect(paneRows(causes, snapshot, {columns: 90, rows: 3})[0]).toMatch(/prefix changed +2 .* aaaa +\+1/);
});

test('without any price the tokens decide', () => {
	const requests = [...broken('aaaa', 20_000, 'kortix/power'), ...broken('bbbb', 90_000, 'kortix/power')];
	expect(paneRows(causes, snapshotOf({requests}), {columns: 90, rows: 3})[0]).toMatch(/prefix changed +2 .* bbbb +\+1/);
});
