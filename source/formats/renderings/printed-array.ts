import type {JsonObject} from '../json/json-values.js';

/** Matches what PHP's `print_r` writes before the members of an array or object, at the end of a line. */
const header = /(?:^|\s)(?:Array|[\w\\]{1,200} Object)$/;
const opening = /^ *\($/;
const member = /^ *\[(?<name>[^\]\n]{1,200})\] => ?(?<value>.*)$/;

const deepest = 20;

/** True if a line may be the first of an array by `print_r`; the next line is then a single bracket. */
export const beginsPrintedArray = (line: string): boolean => header.test(line.trimEnd());

/** True if a line may be the second one. */
export const opensPrintedArray = (line: string): boolean => opening.test(line);

/** The line that closes an array, given the one that opens it. */
export const closingOf = (line: string): string => line.replace('(', ')');

/** An array or object of PHP, and its index in the text. */
type PrintedArray = {readonly value: JsonObject; readonly start: number};

/** Parses the output of `print_r`, with anything a logger put before it; undefined for other texts. */
export const parsePrintedArray = (text: string): PrintedArray | undefined => {
	const lines = text.split('\n').map(line => line.trimEnd());
	const found = header.exec(lines[0] as string);
	if (!found || !opensPrintedArray(lines[1] ?? '')) {
		return undefined;
	}
	return {value: membersOf(lines, {at: 1}, 0), start: found.index};
};

/** Values have no quotes and extend to the end of the line; further lines of a text are ignored. */
const membersOf = (lines: readonly string[], cursor: {at: number}, depth: number): JsonObject => {
	const closing = closingOf(lines[cursor.at] as string);
	const members = new Map<string, unknown>();
	for (cursor.at++; cursor.at < lines.length && lines[cursor.at] !== closing; cursor.at++) {
		const {name = '', value = ''} = member.exec(lines[cursor.at] as string)?.groups ?? {};
		// `name:protected`, `name:Some\Class:private`
		const plain = name.replace(/:.*$/, '');
		const isNested = header.test(value) && opensPrintedArray(lines[cursor.at + 1] ?? '') && depth < deepest;
		if (isNested) {
			cursor.at++;
		}
		const inner = isNested ? membersOf(lines, cursor, depth + 1) : value === '' ? null : value;
		if (plain !== '' && plain !== '__proto__') {
			members.set(plain, inner);
		}
	}
	return Object.fromEntries(members);
};
