import {boundName} from '../../../../text/bound-names.js';

/** Characters of a thread's or a model's name that tell lines apart; of a thread's the last, which hold the hash of a long one. */
const longestOwner = 100;

/**
 * What tells a line from all others of its log.
 * @param owner its thread, or its run
 * @param told the model of a call, or the wording of an outcome
 * @param numbers of an outcome, in the order of `numberKeys`; undefined for what it does not tell
 */
export const lineName = (
	owner: string,
	stamp: string,
	told: string,
	numbers: readonly (number | undefined)[],
): string => {
	let text = told;
	for (const number of numbers) {
		text += ` ${number ?? ''}`;
	}
	return `${boundName(owner)?.slice(-longestOwner)} ${stamp} ${text.slice(0, longestOwner)}`;
};
