import type {Tally} from './format.js';
import {longestLine} from './json/json-line.js';
import type {ObjectSkimmer} from './json/object-skimmer.js';

const newline = 0x0a;

/** Skims each of the whole lines, counts those that are broken, and tells when the members of an object can be asked. */
export const eachObject = (
	bytes: Buffer,
	skimmer: ObjectSkimmer,
	tally: Tally,
	onObject: (start: number, end: number) => void,
): void => {
	for (let start = 0; start < bytes.length; ) {
		const found = bytes.indexOf(newline, start);
		const end = found < 0 ? bytes.length : found;
		const skimmed = end - start <= longestLine && end > start ? skimmer.read(bytes, start, end) : 'other';
		if (skimmed === 'object') {
			onObject(start, end);
		} else if (skimmed === 'broken') {
			tally.candidates++;
			tally.brokenJson++;
		}
		start = end + 1;
	}
};
