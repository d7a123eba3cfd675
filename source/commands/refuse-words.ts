import {UsageError} from '../errors.js';

/** @throws UsageError if a command that takes no words got some */
export const refuseWords = (verb: string, words: readonly string[]): void => {
	if (words.length > 0) {
		throw new UsageError(`${verb} accepts no arguments. See hitrate ${verb} --help.`);
	}
};
