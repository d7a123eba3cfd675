import type {Break} from '../../metrics/breaks/breaks.js';
import {isMeasured} from '../../metrics/measured.js';
import {isPlannedHit} from '../../metrics/plan.js';
import type {Request} from '../../request.js';
import {type Line, muted, styledAs} from '../text/line.js';

/** The outcome of a request, as far as the log reports it. */
type Outcome = 'hit' | 'miss' | 'planned' | 'unmeasured';

/** The outcome of a request, measured or planned as in the rest of its window. */
export const outcomeOf = (request: Request, basis: 'measured' | 'planned' | undefined): Outcome => {
	if (isMeasured(request)) {
		return request.usage.cacheRead > 0 ? 'hit' : 'miss';
	}
	if (basis === 'measured') {
		return 'unmeasured';
	}
	return isPlannedHit(request) ? 'planned' : 'miss';
};

/** The outcome as a word; the colour only repeats it. */
export const outcomeLine = (outcome: Outcome, lost: Break | undefined): Line => {
	switch (outcome) {
		case 'hit':
			return styledAs(lost ? 'status.fair' : 'status.good', outcome);
		case 'miss':
			return styledAs(lost ? 'status.poor' : 'status.fair', outcome);
		default:
			return muted(outcome);
	}
};
