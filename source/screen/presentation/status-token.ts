import type {Status} from '../../metrics/report/summary.js';
import type {Token} from '../theme.js';

/** The word stands beside the number; the colour only repeats it. */
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
