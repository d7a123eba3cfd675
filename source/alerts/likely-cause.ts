import type {BreakCause, CauseTotal} from '../metrics/breaks/breaks.js';
import {plural} from '../metrics/number-words.js';
import type {Report} from '../metrics/report/report.js';
import {formatMoney, formatTokens} from '../output/numbers.js';
import {sanitize} from '../text/sanitize.js';

const sayings: Readonly<Record<BreakCause, (breaks: string, isOne: boolean) => string>> = {
	reported: breaks => `the provider itself named a reason for ${breaks}`,
	expired: (breaks, isOne) => `${breaks} came after ${isOne ? 'its' : 'their'} cache had expired`,
	'model-switched': breaks => `a thread switched models in ${breaks}`,
	'provider-switched': breaks => `another provider served ${breaks}`,
	rebuilt: breaks => `the application rebuilt its prompt in ${breaks}`,
	concurrent: (breaks, isOne) => `${breaks} ${isOne ? 'was' : 'were'} sent before the one before had been answered`,
	'client-updated': breaks => `the client had been updated before ${breaks}`,
	'settings-changed': breaks => `speed, effort, thinking or tool choice changed in ${breaks}`,
	'prefix-changed': breaks => `the start of the prompt changed in ${breaks}`,
	'not-read': breaks => `the provider did not find what it had cached in ${breaks}`,
	unknown: breaks => `what was cached was not read in ${breaks}, for no reason that the log shows`,
};

/** Recommendations that only restate a failed figure, or concern none. */
const explainsNothing: ReadonlySet<string> = new Set(['low-hit-rate', 'unpriced-models', 'healthy', 'all-blocks-used']);

const day = 86_400_000;

/**
 * One sentence, without its full stop, on what a failure is likeliest due to: the most expensive cause of breaks or the
 * recommendation worth most, whichever is more. Undefined if the window shows none.
 */
export const likelyCause = ({breaks, recommendations, window, span}: Report): string | undefined => {
	const loss = breaks.byCause[0];
	const advice = recommendations.find(({id}) => !explainsNothing.has(id));
	if (!loss) {
		return advice && sentence(advice.evidence);
	}
	const covered = Math.min(window.to, span?.last ?? window.to) - Math.max(window.from, span?.first ?? window.from);
	const lossPerDay = (loss.lostCost ?? 0) / (Math.max(covered, day) / day);
	return advice && (advice.worthPerDay ?? 0) > lossPerDay ? sentence(advice.evidence) : lossSentence(loss);
};

const lossSentence = ({cause, reported, breaks, lostTokens, lostCost}: CauseTotal): string => {
	const lost = lostCost === undefined ? `${formatTokens(lostTokens)} tokens` : formatMoney(lostCost);
	const said = sayings[cause](plural(breaks, 'request'), breaks === 1);
	const doubt = reported || cause === 'unknown' || cause === 'not-read' ? '' : ', inferred';
	return `${said.charAt(0).toUpperCase()}${said.slice(1)} (${lost} lost${doubt})`;
};

/** Evidence may contain names from the log. */
const sentence = (text: string): string => sanitize(text).replace(/\.$/, '');
