import {boundName} from '../../../../text/bound-names.js';

/**
 * Length to which the names of threads and models are cut; of a thread's the end is kept, which has the hash of a long
 * one.
 */
const longestOwner = 100;

/**
 * Identifies a line within its log.
 * @param owner its thread, or its run
 * @param told the model of a call, or the wording of an outcome
 * @param numbers those of an outcome in the order of `numberKeys`; undefined for missing ones
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
