import type {Status} from '../../metrics/report/summary.js';
import type {Token} from '../theme.js';

/** The colour of a status, which is always shown as a word as well. */
export const statusToken = (status: Status | undefined): Token => {
	switch (status) {
		case 'Excellent':
		case 'Good':
			return 'status.good';
		case 'Fair':
			return 'status.fair';
		case 'Poor':
			return 'status.poor';
		case undefined:
			return 'text.strong';
	}
};
