import type {Break, BreakCause, Breaks} from '../../metrics/breaks/breaks.js';
import {sanitize} from '../../text/sanitize.js';
import {modelNames} from './model-names.js';

const names: Readonly<Record<BreakCause, string>> = {
	reported: "provider's reason",
	expired: 'expired',
	'model-switched': 'model switched',
	'provider-switched': 'provider switched',
	rebuilt: 'rebuilt',
	concurrent: 'sent at once',
	'client-updated': 'client updated',
	'settings-changed': 'settings changed',
	'prefix-changed': 'prefix changed',
	'not-read': 'not read',
	unknown: 'unknown',
};

const longestReason = 24;

/** The name of a cause; the provider's own reason if all its breaks share one. */
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

/** The name of a single break's cause: the provider's own reason, or the inferred cause. */
export const breakName = ({cause, detail}: Break): string =>
	cause === 'reported' ? sanitize(detail.replaceAll('_', ' '), {columns: longestReason}) : names[cause];

/** Whether the cause was reported or inferred, and whether it is final. Shown wherever a cause is shown. */
export const certainty = ({
	reported,
	provisional,
}: Pick<Break, 'reported'> & Partial<Pick<Break, 'provisional'>>): string =>
	reported ? 'reported' : provisional ? 'provisional' : 'inferred';

/** The certainty as part of a sentence, including what a provisional break may turn out to be. */
const certaintyPhrase = (found: Break): string =>
	found.provisional
		? `${certainty({...found, provisional: false})}; may be a conversation beside it`
		: certainty(found);

const arrow = ' → ';

/** The evidence of a break; empty if the cause's name says everything. */
export const breakDetail = ({cause, detail}: Break): string => {
	if (cause === 'model-switched') {
		const models = detail.split(arrow);
		return models.map(modelNames(models)).join(arrow);
	}
	return cause === 'reported' ? '' : sanitize(detail);
};

/** `expired: idle for 11 min; the cache expires after 5 min (inferred)`. */
export const breakSentence = (found: Break): string => {
	const detail = breakDetail(found);
	return `${breakName(found)}${detail === '' ? '' : `: ${detail}`} (${certaintyPhrase(found)})`;
};

/** The same with the certainty first, for places where the end may be cut. */
export const breakPhrase = (found: Break): string => {
	const detail = breakDetail(found);
	return `${breakName(found)} (${certainty(found)})${detail === '' ? '' : `: ${detail}`}`;
};
