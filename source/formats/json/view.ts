import {type JsonObject, objectOf} from './json-values.js';

/** Names whose plain form is remembered; logs hold any number of others. */
const mostNames = 4096;
/** Characters of a text that is parsed as an object: a response body, metadata that a writer put into quotes. */
const longestText = 256 * 1024;

const plainNames = new Map<string, string>();

/** A member's name without case, underscores and hyphens: `CacheReadTokens` and `cache_read_tokens` are one. */
export const plainName = (name: string): string => {
	const known = plainNames.get(name);
	if (known !== undefined) {
		return known;
	}
	const plain = name.toLowerCase().replaceAll(/[_-]/g, '');
	if (plainNames.size >= mostNames) {
		plainNames.clear();
	}
	plainNames.set(name, plain);
	return plain;
};

/** The object that a value is, or that it holds as JSON text. */
export const objectIn = (value: unknown): JsonObject | undefined => {
	if (typeof value !== 'string' || !value.startsWith('{') || value.length > longestText) {
		return objectOf(value);
	}
	try {
		return objectOf(JSON.parse(value));
	} catch {
		return undefined;
	}
};

/**
 * An object whose members are found in any spelling (snake, camel or Pascal case), and by a path with dots whether the
 * writer nested them or wrote the dots into the name: `gen_ai.usage.input_tokens`.
 */
export class View {
	readonly object: JsonObject;
	#members: Map<string, unknown> | undefined;

	constructor(object: JsonObject) {
		this.object = object;
	}

	/** The value under this name or path; undefined where there is none, null where the writer wrote that. */
	at(name: string): unknown {
		return this.#find(plainName(name));
	}

	/** Whether there is a member of this name, be it null. */
	has(name: string): boolean {
		return this.at(name) !== undefined;
	}

	/** @param name plain */
	#find(name: string): unknown {
		const members = this.#all();
		const value = members.get(name);
		if (value !== undefined) {
			return value;
		}
		for (let dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) {
			const inner = objectIn(members.get(name.slice(0, dot)));
			const found = inner && new View(inner).#find(name.slice(dot + 1));
			if (found !== undefined) {
				return found;
			}
		}
		return undefined;
	}

	#all(): ReadonlyMap<string, unknown> {
		if (this.#members === undefined) {
			this.#members = new Map();
			for (const [name, value] of Object.entries(this.object)) {
				// Of two spellings of one name the one that says something counts.
				if (value !== undefined && (this.#members.get(plainName(name)) ?? null) === null) {
					this.#members.set(plainName(name), value);
				}
			}
		}
		return this.#members;
	}
}
