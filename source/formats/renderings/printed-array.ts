import type {JsonObject} from '../json/json-values.js';

/** What PHP's `print_r` writes before the members of an array or object, at the end of a line. */
const header = /(?:^|\s)(?:Array|[\w\\]{1,200} Object)$/;
const opening = /^ *\($/;
const member = /^ *\[(?<name>[^\]\n]{1,200})\] => ?(?<value>.*)$/;

const deepest = 20;

/** Whether a line may be the first of an array that `print_r` writes; the next one then is an opening bracket alone. */
export const beginsPrintedArray = (line: string): boolean => header.test(line.trimEnd());

/** Whether a line may be the second one. */
export const opensPrintedArray = (line: string): boolean => opening.test(line);

/** The line that ends an array, by the one that opens it. */
export const closingOf = (line: string): string => line.replace('(', ')');

/** An array or object of PHP, and where in the text it begins. */
type PrintedArray = {readonly value: JsonObject; readonly start: number};

/** What `print_r` wrote of an array or object, behind whatever a logger put before it; undefined for other texts. */
export const parsePrintedArray = (text: string): PrintedArray | undefined => {
	const lines = text.split('\n').map(line => line.trimEnd());
	const found = header.exec(lines[0] as string);
	if (!found || !opensPrintedArray(lines[1] ?? '')) {
		return undefined;
	}
	return {value: membersOf(lines, {at: 1}, 0), start: found.index};
};

/** Values are written without quotes, up to the end of the line; what a text has in more lines is left out. */
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
