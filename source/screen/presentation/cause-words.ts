import type {BreakCause, Breaks} from '../../metrics/breaks.js';
import {sanitize} from '../../output/sanitize.js';

const names: Readonly<Record<BreakCause, string>> = {
	reported: "provider's reason",
	'model-switched': 'model switched',
	expired: 'expired',
	rebuilt: 'rebuilt',
	'prefix-changed': 'prefix changed',
	unknown: 'unknown',
};

const longestReason = 24;

/** What a cause is called; the provider's own word where it gave only one. */
export const causeName = (cause: BreakCause, breaks: Breaks): string => {
	if (cause === 'reported') {
		const reasons = new Set(breaks.all.filter(found => found.cause === cause).map(({detail}) => detail));
		const [reason] = reasons;
		if (reasons.size === 1 && reason !== undefined) {
			return sanitize(reason.replaceAll('_', ' '), {columns: longestReason});
		}
	}
	return names[cause];
};
