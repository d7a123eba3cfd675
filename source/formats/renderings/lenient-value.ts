import {parsePythonTime} from './python-time.js';

/**
 * Parses values as programs print them, besides strict JSON: Python's dicts and `Usage(a=1)`, Node's and Ruby's
 * inspect, Rust's Debug, Go's maps, records of .NET and Java, PHP's arrays and dumps, JSON with NaN. One grammar covers
 * them all: brackets of any kind around elements; elements with `:`, `=` or `=>` after their first word are members.
 */

/** A value, and the index after it. */
export type Parsed = {readonly value: unknown; readonly end: number};

const deepest = 40;
/** Maximum bytes of a character in UTF-8. */
const mostBytes = 4;

const closers: Readonly<Record<string, string>> = {'{': '}', '(': ')', '[': ']', '<': '>'};
const blank = /[\s,;]*/y;
const space = /\s*/y;
const quoted = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`/sy;
const stamp = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?/y;
const number = /[-+]?(?:\d[\d_]*(?:\.\d+)?(?:[eE][-+]?\d+)?|\.\d+)n?(?![\w.])/y;
/** Matches a word, which may be a name of a class or attribute: `datetime.datetime`, `gen_ai.usage`, `:sym`, `@var`. */
const word = /[:@%#$&*]*[A-Za-z_$][\w.$@/-]*(?:::[\w.$]+)*[?!]?|[^\s,;:=(){}[\]<>"'`]+/y;
const assign = /\s*(?:=>|=(?![=>])|:(?!:))\s*/y;

const matchAt = (pattern: RegExp, text: string, at: number): string | undefined => {
	pattern.lastIndex = at;
	return pattern.exec(text)?.[0];
};

const words: Readonly<Record<string, unknown>> = {
	None: null,
	null: null,
	nil: null,
	NULL: null,
	undefined: undefined,
	True: true,
	true: true,
	False: false,
	false: false,
	NaN: Number.NaN,
	Infinity: Number.POSITIVE_INFINITY,
};

const unquote = (text: string): string =>
	text.slice(1, -1).replaceAll(/\\(u[\da-fA-F]{4}|.)/gs, (_, escaped: string) => {
		const [first = ''] = escaped;
		return first === 'u' && escaped.length === 5
			? String.fromCharCode(Number.parseInt(escaped.slice(1), 16))
			: (({n: '\n', t: '\t', r: '\r'} as Readonly<Record<string, string>>)[first] ?? escaped);
	});

/**
 * `:input_tokens`, `@input_tokens`, `"input_tokens"`, `["input_tokens"]`, `["input_tokens":protected]` and Erlang's
 * `<<"input_tokens">>` are the same name.
 */
const memberName = (value: unknown): string | undefined => {
	if (typeof value === 'string' || typeof value === 'number') {
		return String(value).replace(/^[:@#%&*+-]+/, '');
	}
	const names = Array.isArray(value) ? value : Object.keys(value ?? {});
	const [only] = names;
	return names.length === 1 && typeof only === 'string'
		? only
		: names.length === 1 && Array.isArray(only)
			? memberName(only)
			: undefined;
};

/** Parses the value at an index; undefined if there is none, or if its brackets are not balanced. Takes linear time. */
export const parseLenient = (text: string, at: number, depth = 0): Parsed | undefined => {
	const character = text[at];
	if (character === undefined || depth > deepest) {
		return undefined;
	}
	if (character in closers) {
		return parseContainer(text, at, depth);
	}
	const string = matchAt(quoted, text, at);
	if (string !== undefined) {
		return {value: unquote(string), end: at + string.length};
	}
	const time = matchAt(stamp, text, at);
	if (time !== undefined) {
		return {value: time, end: at + time.length};
	}
	const digits = matchAt(number, text, at);
	if (digits !== undefined) {
		return {value: Number(digits.replaceAll(/_|n$/g, '')), end: at + digits.length};
	}
	const name = matchAt(word, text, at);
	return name === undefined ? undefined : parseNamed(text, at, name, depth);
};

/** Matches what PHP's `var_dump` and Symfony's `dump` write between a type and the members of its value. */
const phpHead = /(?<=\barray)(?:\(\d+\) (?=\{)|:\d+ (?=\[))|(?<=\bobject)\([^()\s]{1,200}\)#\d+ \(\d+\) (?=\{)/y;
/** Matches what Symfony's `dump` writes between the first word of a class's name and the members of its object. */
const dumpHead = /(?:\\\w{1,100}){0,20}\^?(?: @\d{1,12})? (?=\{#\d)/y;
const phpText = /(?<=\bstring)\((?<bytes>\d+)\) "/y;

/** Parses a string of PHP's `var_dump`, which has a length in bytes and no escapes. */
const parsePhpText = (text: string, at: number): Parsed | undefined => {
	phpText.lastIndex = at;
	const found = phpText.exec(text);
	if (!found) {
		return undefined;
	}
	const start = at + found[0].length;
	const end = text.indexOf('"', start + Math.ceil(Number(found.groups?.bytes) / mostBytes));
	return end < 0 ? undefined : {value: text.slice(start, end), end: end + 1};
};

/** Parses a word, or a value with a word before its bracket: `Usage(…)`, `Usage {…}`, `#<Usage …>`, `Some(5)`. */
const parseNamed = (text: string, at: number, name: string, depth: number): Parsed | undefined => {
	const end = at + name.length;
	const head = matchAt(phpHead, text, end) ?? matchAt(dumpHead, text, end);
	if (head !== undefined) {
		return parseContainer(text, end + head.length, depth);
	}
	const special =
		name === 'string' ? parsePhpText(text, end) : name === 'datetime.datetime' ? parsePythonTime(text, at) : undefined;
	if (special) {
		return special;
	}
	const next = text[end];
	if (name === 'Just' && next === ' ') {
		return parseLenient(text, end + 1, depth + 1);
	}
	const isCall =
		next === '(' ||
		next === '<' ||
		((next === '{' || next === '[') && /^[#%&]|[A-Z]/.test(name)) ||
		(next === '[' && name === 'map');
	const isStruct =
		next === ' ' &&
		((text[end + 1] === '{' && /^[#%&]?[A-Z]\w*(?:(?:::|\.)\w+)*$/.test(name)) ||
			(text[end + 1] === '(' && name === 'array'));
	if (isCall || isStruct) {
		const inner = parseContainer(text, isCall ? end : end + 1, depth);
		const only = Array.isArray(inner?.value) && inner.value.length === 1 ? inner.value[0] : inner?.value;
		// `Map(2) {…}`
		return inner && typeof only === 'number' && text.startsWith(' {', inner.end) && /^[A-Z]/.test(name)
			? parseContainer(text, inner.end + 1, depth)
			: inner && {value: only, end: inner.end};
	}
	return {value: Object.hasOwn(words, name) ? words[name] : name, end};
};

const parseContainer = (text: string, at: number, depth: number): Parsed | undefined => {
	const closer = closers[text[at] as string];
	const members: Record<string, unknown> = Object.create(null);
	const elements: unknown[] = [];
	let named = false;
	let position = at + 1;
	for (;;) {
		position += matchAt(blank, text, position)?.length ?? 0;
		if (position >= text.length) {
			return undefined;
		}
		if (text[position] === closer) {
			// A plain copy, because callers expect ordinary objects.
			return {value: named ? {...objectsAmong(elements), ...members} : elements, end: position + 1};
		}
		const first = parseLenient(text, position, depth + 1);
		if (!first || first.end === position) {
			return undefined;
		}
		position = first.end;
		const sign = matchAt(assign, text, position);
		const key = sign === undefined && !isKeyword(text, position, first.value) ? undefined : memberName(first.value);
		if (key === undefined) {
			elements.push(first.value);
			continue;
		}
		position += sign?.length ?? 0;
		const value = parseMember(text, position, closer as string, depth);
		if (!value) {
			return undefined;
		}
		position = value.end;
		named = true;
		if (key !== '__proto__') {
			members[key] = value.value;
		}
	}
};

/** Objects without a name next to named members, as in Ruby's `#<Usage:0x1f {:input_tokens=>10}>`. */
const objectsAmong = (elements: readonly unknown[]): Record<string, unknown> =>
	Object.fromEntries(
		elements
			.filter(element => typeof element === 'object' && element !== null && !Array.isArray(element))
			.map((element, index) => [`object ${index}`, element]),
	);

/** True if a value is a Clojure keyword before its value, as in `{:input_tokens 10}`. */
const isKeyword = (text: string, end: number, value: unknown): boolean =>
	typeof value === 'string' && value.startsWith(':') && /^ +[^\s,;})\]>]/.test(text.slice(end, end + 8));

/**
 * Matches the name of the next member, where Go writes nothing for an empty string: `{ServiceTier: InputTokens:10}`.
 */
const goName = /[A-Z]\w{0,80}:(?![\s:])/y;

/** Parses a member's value, which is missing if it is empty. */
const parseMember = (text: string, at: number, closer: string, depth: number): Parsed | undefined => {
	const start = at + (matchAt(space, text, at)?.length ?? 0);
	return text[start] === closer ||
		text[start] === ',' ||
		(text[start - 1] === ' ' && matchAt(goName, text, start) !== undefined)
		? {value: null, end: start}
		: parseLenient(text, start, depth + 1);
};
