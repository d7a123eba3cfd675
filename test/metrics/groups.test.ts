import {expect, test} from 'vitest';
import {createRandom} from '../../source/demo/random.js';
import {mostRequestedLogs} from '../../source/metrics/groups.js';

test.each([0, 1, 7, 50, 200])('the %i logs with the most requests are those of the whole sorted list', most => {
	const random = createRandom(most + 1);
	const logs = Array.from({length: 100}, (_, index) => [`${index}.log`, Math.floor(random.next() * 5)] as const);
	const sorted = [...logs].sort(([one, count], [other, otherCount]) => otherCount - count || (one < other ? -1 : 1));
	const wanted = sorted.slice(0, most).map(([name]) => name);
	for (const order of [logs, sorted, sorted.toReversed()]) {
		expect(mostRequestedLogs(new Map(order), most)).toEqual(wanted);
	}
});
