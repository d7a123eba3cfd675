import {expect, test} from 'vitest';
import {type Facts, factsAlone} from '../../../source/metrics/breaks/facts.js';
import {withKnownFanOut} from '../../../source/metrics/breaks/fan-out.js';
import {measured} from '../../support/requests.js';

const started = (kind: NonNullable<Facts['cold']>['kind']): Facts => ({
	...factsAlone(measured({cacheWrite5m: 20_000})),
	cold: {kind, oneHour: 0, fiveMinutes: 20_000, input: 0},
});

test.each([
	['together', 'first', 'together'],
	['together', 'side', 'together'],
	['together', 'shrunk', 'shrunk'],
	['first', 'side', 'side'],
] as const)('of a %s start that a thread alone takes for a %s one, %s is kept', (known, alone, kept) => {
	expect(withKnownFanOut(started(known), started(alone)).cold?.kind).toBe(kept);
});

test('a request that begins no chain any more was no fan-out', () => {
	const alone = factsAlone(measured({cacheRead: 20_000}));
	expect(withKnownFanOut(started('together'), alone)).toBe(alone);
});
