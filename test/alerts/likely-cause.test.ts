import {expect, test} from 'vitest';
import {likelyCause} from '../../source/alerts/likely-cause.js';
import type {BreakCause, CauseTotal} from '../../source/metrics/breaks/breaks.js';
import {measuredDay, reportFor} from '../support/requests.js';

const said = (total: Partial<CauseTotal>): string | undefined => {
	const report = reportFor(measuredDay());
	const found = {
		cause: 'expired',
		reported: false,
		breaks: 2,
		unpriced: 0,
		lostTokens: 61_200,
		lostCost: 0.34,
		...total,
	} as const;
	return likelyCause({...report, recommendations: [], breaks: {...report.breaks, byCause: [found]}});
};

test.each<[BreakCause, string]>([
	['reported', 'The provider itself named a reason for 2 requests ($0.34 lost)'],
	['expired', '2 requests came after their cache had expired ($0.34 lost, inferred)'],
	['model-switched', 'A thread switched models in 2 requests ($0.34 lost, inferred)'],
	['provider-switched', 'Another provider served 2 requests ($0.34 lost, inferred)'],
	['rebuilt', 'The application rebuilt its prompt in 2 requests ($0.34 lost, inferred)'],
	['concurrent', '2 requests were sent before the one before had been answered ($0.34 lost, inferred)'],
	['client-updated', 'The client had been updated before 2 requests ($0.34 lost, inferred)'],
	['settings-changed', 'Speed, effort, thinking or tool choice changed in 2 requests ($0.34 lost, inferred)'],
	['prefix-changed', 'The start of the prompt changed in 2 requests ($0.34 lost, inferred)'],
	['not-read', 'The provider did not find what it had cached in 2 requests ($0.34 lost)'],
	['unknown', 'What was cached was not read in 2 requests, for no reason that the log shows ($0.34 lost)'],
])('%s is one sentence, and says whether it is inferred', (cause, sentence) => {
	expect(said({cause, reported: cause === 'reported'})).toBe(sentence);
});

test('one request, and tokens without a price', () => {
	expect(said({breaks: 1, lostCost: undefined})).toBe(
		'1 request came after its cache had expired (61.2 k tokens lost, inferred)',
	);
});

test('nothing was lost: the advice that explains something, without its full stop', () => {
	const report = reportFor(measuredDay());
	const [advice] = report.recommendations;
	const none = {...report, breaks: {...report.breaks, byCause: []}};
	expect(likelyCause({...none, recommendations: []})).toBeUndefined();
	expect(likelyCause({...none, recommendations: advice ? [{...advice, id: 'low-hit-rate'}] : []})).toBeUndefined();
	expect(likelyCause({...none, recommendations: advice ? [{...advice, evidence: 'It is so.'}] : []})).toBe('It is so');
});
