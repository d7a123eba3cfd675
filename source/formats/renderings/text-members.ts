import type {JsonObject} from '../json/json-values.js';
import {type Parsed, parseLenient} from './lenient-value.js';

/** Maximum characters of a text that are searched; longer lines are not written by people's loggers. */
const longestText = 128 * 1024;
/** Maximum members and values kept per text. */
const mostMembers = 200;
/** Maximum number of false starts of objects before the rest of a text is skipped. */
const mostVain = 50;

/** Matches `name=`, and `name: ` before a value, or before an object without quotes around the name. */
const named = /(?<=^|[\s,;([{|])(?<name>[A-Za-z_$@][\w.$@/-]{0,80})(?:=(?![=>])|: (?=[[{\d"']|[A-Z]\w*[({]))/g;
/** Matches the start of a printed object: `{…}`, `Usage(…)`, `Usage {…}`, `#<Usage …>`. */
const printed =
	/#<|[%&]?\{|\barray(?: ?\(|:\d{1,6} \[)|\bobject\(|\bmap\[(?=\w+:)|\[(?=\s*'\w+' =>)|\b[A-Z]\w{0,60}(?:\(| ?\{|\[(?=\w+=))/g;
/** A bare value of logfmt ends at a blank; commas may group its digits. */
const bare = /\d{1,3}(?:,\d{3})+(?=[\s,;)\]]|$)|[^\s,;]+/y;

/** Name of an object that stands at the beginning of a text without one. */
export const unnamed = 'object 0';

/** A search of a pattern that reuses its last match while that is still ahead. */
class Search {
	readonly #pattern: RegExp;
	readonly #text: string;
	#next: RegExpExecArray | null | undefined;

	constructor(pattern: RegExp, text: string) {
		this.#pattern = pattern;
		this.#text = text;
	}

	/** The first match at or after an index. */
	from(at: number): RegExpExecArray | null {
		if (this.#next === undefined || (this.#next !== null && this.#next.index < at)) {
			this.#pattern.lastIndex = at;
			this.#next = this.#pattern.exec(this.#text);
		}
		return this.#next;
	}
}

/** Index of the first member or object in a text; -1 if there is none. */
export const membersStart = (text: string): number => {
	const starts = [new Search(named, text).from(0), new Search(printed, text).from(0)]
		.filter(match => match !== null)
		.map(({index}) => index);
	return starts.length > 0 ? Math.min(...starts) : -1;
};

const valueAt = (text: string, at: number): Parsed | undefined => {
	const parsed = /["'[{(#%&]|[A-Z]/.test(text[at] ?? '') ? parseLenient(text, at) : undefined;
	if (parsed && (parsed.end >= text.length || /[\s,;)\]}]/.test(text[parsed.end] as string))) {
		return parsed;
	}
	bare.lastIndex = at;
	const word = bare.exec(text)?.[0];
	if (word === undefined) {
		return undefined;
	}
	// In `(read=9000 write=500)`, the bracket was opened before the name.
	const value = /[([{]/.test(word) ? word : word.replace(/[)\]}]{1,4}$/, '');
	return {value, end: at + word.length};
};

/** Parses a struct or map printed by Go, which its loggers put in quotes. */
const objectInQuotes = (value: unknown): unknown => {
	const start = typeof value === 'string' ? /^&?(?=\{[A-Z]\w*:)|^(?=map\[\w)/.exec(value)?.[0].length : undefined;
	return start === undefined ? undefined : parseLenient(value as string, start)?.value;
};

/**
 * The object that a line of text represents: logfmt-style `name=value` pairs, and printed objects, under their names if
 * they have one. Undefined if there are none.
 */
export const textMembers = (line: string): JsonObject | undefined => {
	if (line.length > longestText) {
		return undefined;
	}
	const members = new Map<string, unknown>();
	const [pairs, objects] = [new Search(named, line), new Search(printed, line)];
	let at = 0;
	let vain = 0;
	while (members.size < mostMembers && vain < mostVain) {
		const [pair, object] = [pairs.from(at), objects.from(at)];
		const isPair = pair !== null && (object === null || pair.index <= object.index);
		const start = isPair ? pair : object;
		if (!start) {
			break;
		}
		const from = isPair ? start.index + start[0].length : start.index;
		const value = isPair ? valueAt(line, from) : parseLenient(line, from);
		const name = isPair ? (start.groups?.name as string) : `object ${members.size}`;
		if (value && (isPair || typeof value.value === 'object') && name !== '__proto__' && !members.has(name)) {
			members.set(name, objectInQuotes(value.value) ?? value.value);
		} else {
			vain++;
		}
		at = Math.max(value?.end ?? 0, start.index + 1);
	}
	return members.size > 0 ? Object.fromEntries(members) : undefined;
};
