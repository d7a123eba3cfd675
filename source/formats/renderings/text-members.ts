import type {JsonObject} from '../json/json-values.js';
import {type Parsed, parseLenient} from './lenient-value.js';

/** Characters of a text that are looked through: what is longer is no line of a person's logger. */
const longestText = 128 * 1024;
/** Members and values of a text that are kept. */
const mostMembers = 200;
/** Beginnings of objects that turn out to be none, after which the rest of a text is left. */
const mostVain = 50;

/** `name=`, `name: ` before a value, or before an object without quotes around the name. */
const named = /(?<=^|[\s,;([{|])(?<name>[A-Za-z_$@][\w.$@/-]{0,80})(?:=(?![=>])|: (?=[[{\d"']|[A-Z]\w*[({]))/g;
/** Something printed as an object: `{…}`, `Usage(…)`, `Usage {…}`, `#<Usage …>`. */
const printed =
	/#<|[%&]?\{|\barray(?: ?\(|:\d{1,6} \[)|\bobject\(|\bmap\[(?=\w+:)|\[(?=\s*'\w+' =>)|\b[A-Z]\w{0,60}(?:\(| ?\{|\[(?=\w+=))/g;
/** A bare value of logfmt ends at a blank. */
const bare = /[^\s,;]+/y;

/** A search of one pattern through a text, which is not gone through again as long as its last match lies ahead. */
class Search {
	readonly #pattern: RegExp;
	readonly #text: string;
	#next: RegExpExecArray | null | undefined;

	constructor(pattern: RegExp, text: string) {
		this.#pattern = pattern;
		this.#text = text;
	}

	/** The first match from here on. */
	from(at: number): RegExpExecArray | null {
		if (this.#next === undefined || (this.#next !== null && this.#next.index < at)) {
			this.#pattern.lastIndex = at;
			this.#next = this.#pattern.exec(this.#text);
		}
		return this.#next;
	}
}

/** Where the first member or object of a text begins; -1 where there is none. */
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
	// `(read=9000 write=500)`: what closes was opened before the name.
	const value = /[([{]/.test(word) ? word : word.replace(/[)\]}]{1,4}$/, '');
	return {value, end: at + word.length};
};

/** What Go prints of a struct or a map, which its loggers put into quotes. */
const objectInQuotes = (value: unknown): unknown => {
	const start = typeof value === 'string' ? /^&?(?=\{[A-Z]\w*:)|^(?=map\[\w)/.exec(value)?.[0].length : undefined;
	return start === undefined ? undefined : parseLenient(value as string, start)?.value;
};

/**
 * What a line of text tells as an object: the `name=value` pairs of logfmt and its kin, and everything printed as an
 * object, under its name where it has one. Undefined where it tells nothing of the kind.
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
