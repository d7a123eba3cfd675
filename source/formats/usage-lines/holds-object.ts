import {utc} from '../../time/stamp.js';
import {emptyTally} from '../format.js';
import type {JsonObject} from '../json/json-values.js';
import {JsonLines} from './json-lines.js';

/** So many lines that might be of a kind are looked at. */
const mostLines = 50;

/** Whether one of the first lines that hold a needle is, inside whatever is around it, an object of this kind. */
export const holdsObject = (
	head: Buffer,
	needles: readonly string[],
	isOfKind: (value: JsonObject) => boolean,
): boolean => {
	const tally = emptyTally();
	let found = false;
	const reader = new JsonLines(needles, utc, tally, value => {
		found ||= tally.candidates <= mostLines && isOfKind(value);
		return found || tally.candidates > mostLines;
	});
	reader.lines(head);
	return found;
};
