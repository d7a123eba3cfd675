import {type JsonObject, objectOf} from '../formats/json/json-values.js';
import {View} from '../formats/json/view.js';

/** Token counts mentioned in a sample in which no format recognised anything. */
export type Mentions = {
	/** The most frequent name of a count. */
	readonly name: string;
	readonly lines: number;
	/** Number of the first line with it, from 1. */
	readonly first: number;
	/** The form of that line: `an array`, `an object that holds it at a.b`, `text`. */
	readonly form: string;
	/** True if that line is an object with no other token count next to it. */
	readonly isAlone: boolean;
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

/** A member found in a line: its path, and the object that contains it. */
type Found = {readonly path: string; readonly holder: JsonObject};

/** Finds the first member with a name, outermost first within each member; undefined if there is none. */
const findMember = (object: JsonObject, name: string, depth = 0): Found | undefined => {
	for (const [key, value] of Object.entries(object)) {
		if (key === name) {
			return {path: key, holder: object};
		}
		const inner = depth < deepest ? objectOf(Array.isArray(value) ? value[0] : value) : undefined;
		const found = inner && findMember(inner, name, depth + 1);
		if (found) {
			return {...found, path: `${key}${Array.isArray(value) ? '[]' : ''}.${found.path}`};
		}
	}
	return undefined;
};

/** Matches names that can only be token counts, or objects with token counts. */
const tellsTokens = /token|cache/i;

const formOf = (line: string, name: string): Pick<Mentions, 'form' | 'isAlone'> => {
	const text = line.trim();
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		return {form: text.startsWith('{') ? 'an object that is not whole or not valid JSON' : 'text', isAlone: false};
	}
	if (Array.isArray(value)) {
		return {form: 'an array', isAlone: false};
	}
	const object = objectOf(value);
	const found = object && new View(object).members.size > 0 ? findMember(object, name) : undefined;
	return found
		? {
				form: `an object that holds it at \`${found.path}\``,
				isAlone: Object.keys(found.holder).every(key => key === name || !tellsTokens.test(key)),
			}
		: {form: 'an object that quotes it', isAlone: false};
};

/** The token counts that a sample mentions; undefined if there are none. */
export const mentionsIn = (lines: readonly string[]): Mentions | undefined => {
	for (const name of names) {
		const found = lines.map((line, index) => [line, index + 1] as const).filter(([line]) => line.includes(name));
		const [first] = found;
		if (first) {
			return {name, lines: found.length, first: first[1], ...formOf(first[0], name)};
		}
	}
	return undefined;
};

/** True if a sample is a LiteLLM proxy's own log, which reports calls but not their usage. */
export const isLiteLlmProxy = (lines: readonly string[]): boolean =>
	lines.some(line =>
		/LiteLLM(?: Proxy| Router)?:(?:DEBUG|INFO|WARNING|ERROR)|"logger": ?"LiteLLM|litellm[./]proxy/.test(line),
	);
