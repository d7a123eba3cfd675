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
	/** That line is an object in which no other count of tokens stands beside it. */
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

/** Where a member stands in a line: the path to it, and the object that holds it. */
type Found = {readonly path: string; readonly holder: JsonObject};

/** Finds the first member of a name, the outermost first within each member; undefined if there is none. */
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

/** A name that can only be that of a count of tokens, or of an object of such counts. */
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

/** What a sample mentions of tokens; undefined if it mentions nothing. */
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

/** Whether a sample is the log of a LiteLLM proxy itself, which says that it called a model and not what it used. */
export const isLiteLlmProxy = (lines: readonly string[]): boolean =>
	lines.some(line =>
		/LiteLLM(?: Proxy| Router)?:(?:DEBUG|INFO|WARNING|ERROR)|"logger": ?"LiteLLM|litellm[./]proxy/.test(line),
	);
