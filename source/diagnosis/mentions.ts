import {type JsonObject, objectOf} from '../formats/json/json-values.js';
import {View} from '../formats/json/view.js';

/** What a sample of a log says of tokens, though nothing was recognised in it. */
export type Mentions = {
	/** The name of a count that most of the lines hold that hold any. */
	readonly name: string;
	readonly lines: number;
	/** Number of the first of these lines, from 1. */
	readonly first: number;
	/** What that line is: `an array`, `an object that holds it at a.b`, `text`. */
	readonly form: string;
};

const names = [
	'cache_read_input_tokens',
	'cached_tokens',
	'cachedInputTokens',
	'input_tokens',
	'prompt_tokens',
	'inputTokens',
	'promptTokens',
	'promptTokenCount',
	'total_tokens',
] as const;

const deepest = 8;

/** The path to a member of this name; undefined where there is none. */
const pathTo = (object: JsonObject, name: string, depth = 0): string | undefined => {
	for (const [key, value] of Object.entries(object)) {
		if (key === name) {
			return key;
		}
		const inner = depth < deepest ? objectOf(Array.isArray(value) ? value[0] : value) : undefined;
		const rest = inner && pathTo(inner, name, depth + 1);
		if (rest !== undefined) {
			return `${key}${Array.isArray(value) ? '[]' : ''}.${rest}`;
		}
	}
	return undefined;
};

const formOf = (line: string, name: string): string => {
	const text = line.trim();
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		return text.startsWith('{') ? 'an object that is not whole or not valid JSON' : 'text';
	}
	if (Array.isArray(value)) {
		return 'an array';
	}
	const object = objectOf(value);
	const path = object && new View(object).members.size > 0 ? pathTo(object, name) : undefined;
	return path === undefined ? 'an object that quotes it' : `an object that holds it at \`${path}\``;
};

/** What a sample mentions of tokens; undefined where it mentions nothing. */
export const mentionsIn = (lines: readonly string[]): Mentions | undefined => {
	for (const name of names) {
		const found = lines.map((line, index) => [line, index + 1] as const).filter(([line]) => line.includes(name));
		const [first] = found;
		if (first) {
			return {name, lines: found.length, first: first[1], form: formOf(first[0], name)};
		}
	}
	return undefined;
};

/** Whether a sample is the log of a LiteLLM proxy itself, which says that it called a model and not what it used. */
export const isLiteLlmProxy = (lines: readonly string[]): boolean =>
	lines.some(line =>
		/LiteLLM(?: Proxy| Router)?:(?:DEBUG|INFO|WARNING|ERROR)|"logger": ?"LiteLLM|litellm[./]proxy/.test(line),
	);
