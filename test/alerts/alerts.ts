import type {Alert} from '../../source/alerts/alert.js';
import type {Verdict} from '../../source/alerts/rule.js';
import {measuredDay, reportFor, testNow} from '../support/requests.js';

export const report = reportFor(measuredDay());

/** Of a rule `RULE < 70`. */
export const verdict = (value: number | undefined, parts: Partial<Verdict> = {}): Verdict => ({
	rule: 'hit_rate < 70',
	text: `Hit rate ${value} % against 70 %`,
	state: value === undefined ? 'unknown' : value < 70 ? 'failed' : 'ok',
	value,
	limit: 70,
	cause: value !== undefined && value < 70 ? 'Threads changed their model in 3 requests' : undefined,
	...parts,
});

export const alert = (parts: Partial<Alert> = {}): Alert => ({
	kind: 'failed',
	incident: '0123456789abcdef',
	verdicts: [verdict(61.2)],
	title: 'api logs',
	report,
	time: testNow,
	...parts,
});
