import {expect, test} from 'vitest';
import {timeLeft} from '../../../source/screen/presentation/warm-words.js';
import {testNow} from '../../support/requests.js';
import {snapshotOf} from '../../support/snapshots.js';

const {report} = snapshotOf({requests: []});

test.each([
	[125, '2:00'],
	[60, '1:00'],
	[59, '0:55'],
	[54, '0:50'],
	[4, '0:00'],
	[-3, '0:00'],
])('%i seconds left are told in steps: of 15 s, of 5 s in the last minute', (seconds, text) => {
	expect(timeLeft({expires: testNow + seconds * 1000}, {now: testNow, report})).toBe(text);
});
