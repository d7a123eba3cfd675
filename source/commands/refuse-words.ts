import {UsageError} from '../errors.js';

/** @throws UsageError where words stand behind a command that takes none */
export const refuseWords = (verb: string, words: readonly string[]): void => {
	if (words.length > 0) {
		throw new UsageError(`${verb} accepts no arguments. See hitrate ${verb} --help.`);
	}
};
