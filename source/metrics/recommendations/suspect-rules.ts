import {eventWords} from '../breaks/suspects/suspicious.js';
import {plural} from '../number-words.js';
import {actionOnEvent} from './actions.js';
import type {Rule} from './recommendation.js';

/** Advice on the suspect with the highest lift. */
const suspect: Rule = ({suspects}) => {
	const [first] = suspects;
	return first
		? {
				id: 'suspect',
				severity: 'warning',
				evidence: `${first.breaks} of the ${plural(first.requests, 'request')} after "${eventWords(first)}" lost their cache: ${first.lift.toFixed(1)} times as often as requests in general.`,
				action: actionOnEvent(first) ?? `Look at the breaks after "${eventWords(first)}" one by one: hitrate why.`,
				cost: first.lostCost,
			}
		: undefined;
};

/** Advice on what happened before unexplained breaks. */
export const suspectRules: readonly Rule[] = [suspect];
