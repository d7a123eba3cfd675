import {type JsonObject, objectOf} from './json-values.js';

/** Maximum number of names whose plain form is cached; logs may contain any number. */
const mostNames = 4096;
/** Maximum number of members examined; no record has as many. */
const mostMembers = 1000;
/** Maximum characters of a text that is parsed as an object: a response body, or metadata in quotes. */
const longestText = 256 * 1024;

const plainNames = new Map<string, string>();

/** A member's name without case, underscores and hyphens: `CacheReadTokens` and `cache_read_tokens` are equal. */
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

/** A name or path to look for: as a whole, and split at each of its dots. */
type Path = {readonly whole: string; readonly splits: readonly (readonly [first: string, rest: Path])[]};

const paths = new Map<string, Path>();

/** @param name one of the few names in this program */
const pathOf = (name: string): Path => {
	const known = paths.get(name);
	if (known) {
		return known;
	}
	const segments = plainName(name).split('.');
	const splits = segments.slice(1).map((_, index): readonly [string, Path] => {
		const at = index + 1;
		return [segments.slice(0, at).join('.'), pathOf(segments.slice(at).join('.'))];
	});
	const path = {whole: segments.join('.'), splits};
	paths.set(name, path);
	return path;
};

/** The object that a value is, or contains as JSON text. */
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
 * An object whose members are found in any spelling (snake, camel or Pascal case), and by a path with dots, whether it
 * is nested or the dots are part of the name: `gen_ai.usage.input_tokens`.
 */
export class View {
	readonly object: JsonObject;
	#members: Map<string, unknown> | undefined;

	constructor(object: JsonObject) {
		this.object = object;
	}

	/** The value under a name or path; undefined if there is none, null if the writer wrote null. */
	at(name: string): unknown {
		return this.#find(pathOf(name));
	}

	/** Its members by their plain names. */
	get members(): ReadonlyMap<string, unknown> {
		return this.#all();
	}

	/** True if there is a member with this name, even if it is null. */
	has(name: string): boolean {
		return this.at(name) !== undefined;
	}

	#find({whole, splits}: Path): unknown {
		const members = this.#all();
		const value = members.get(whole);
		if (value !== undefined) {
			return value;
		}
		for (const [first, rest] of splits) {
			const holder = members.get(first);
			const inner = holder === undefined ? undefined : objectIn(holder);
			const found = inner && new View(inner).#find(rest);
			if (found !== undefined) {
				return found;
			}
		}
		return undefined;
	}

	#all(): ReadonlyMap<string, unknown> {
		if (this.#members === undefined) {
			this.#members = new Map();
			for (const [name, value] of Object.entries(this.object).slice(0, mostMembers)) {
				// Of two spellings of a name, the one with a value counts.
				if (value !== undefined && (this.#members.get(plainName(name)) ?? null) === null) {
					this.#members.set(plainName(name), value);
				}
			}
		}
		return this.#members;
	}
}
