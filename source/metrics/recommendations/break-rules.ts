import type {CauseTotal} from '../breaks/breaks.js';
import {count, plural} from '../number-words.js';
import {causeActions} from './actions.js';
import {placeOf} from './place.js';
import type {Rule} from './recommendation.js';

/** Advice on a cause of breaks, which costs what was lost to it. */
const causeRule =
	(cause: keyof typeof causeActions, id: string, evidence: (found: CauseTotal) => string): Rule =>
	({breaks}) => {
		const found = breaks.byCause.find(candidate => candidate.cause === cause);
		return (
			found && {
				id,
				severity: 'warning',
				evidence: `${evidence(found)}${placeOf(breaks.all.filter(one => one.cause === cause))}; ${count(found.lostTokens)} cached tokens were lost.`,
				action: causeActions[cause] ?? '',
				cost: found.lostCost,
			}
		);
	};

const times = ({breaks}: CauseTotal): string => (breaks === 1 ? 'once' : `${count(breaks)} times`);

/** Undefined if neither is known. */
const sumOf = (one: number | undefined, other: number | undefined): number | undefined =>
	one === undefined && other === undefined ? undefined : (one ?? 0) + (other ?? 0);

/** Requests that were sent together each wrote what all but the first could have read. */
const fanOut: Rule = ({breaks, coldStarts}) => {
	const broken = breaks.byCause.find(({cause}) => cause === 'concurrent');
	const begun = coldStarts.byKind.find(({kind}) => kind === 'together');
	const requests = (broken?.breaks ?? 0) + (begun?.total ?? 0);
	return requests > 0
		? {
				id: 'concurrent-requests',
				severity: 'warning',
				evidence: `${plural(requests, 'request')} wrote as much as another that was sent at the same time${placeOf(breaks.all.filter(one => one.cause === 'concurrent'))}: probably the same prefix, written again.`,
				action: causeActions.concurrent,
				cost: sumOf(broken?.lostCost, begun?.cost),
			}
		: undefined;
};

/** Advice on breaks, by their cause. */
export const breakRules: readonly Rule[] = [
	causeRule('prefix-changed', 'prefix-churn', found => `A cached prompt changed ${times(found)} before it expired`),
	causeRule('model-switched', 'model-switching', ({breaks}) =>
		breaks === 1 ? 'A thread switched models once' : `Threads switched models ${count(breaks)} times`,
	),
	causeRule(
		'provider-switched',
		'provider-switching',
		found => `Another provider or deployment served the same model ${times(found)}`,
	),
	causeRule(
		'settings-changed',
		'settings-changing',
		found => `Speed, effort, thinking or tool choice changed ${times(found)} within a conversation`,
	),
	fanOut,
];
