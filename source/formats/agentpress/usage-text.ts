/** Usage objects printed by Python: `{'prompt_tokens': 1, …}` and `Usage(prompt_tokens=1, …)`. */

/** The numbers of a usage object; undefined where it does not hold them. Tokens. */
export type UsageNumbers = {
	readonly prompt?: number | undefined;
	readonly completion?: number | undefined;
	readonly total?: number | undefined;
	readonly read?: number | undefined;
	readonly write?: number | undefined;
	/** The part of `write` that lives an hour. */
	readonly writeOneHour?: number | undefined;
};

/** No usage object is this long; what is longer is something else. */
const longest = 4000;

/** Where the bracket that opens `text` closes; -1 if it does not. */
const closing = (text: string): number => {
	let depth = 0;
	const end = Math.min(text.length, longest);
	for (let index = 0; index < end; index++) {
		const character = text[index];
		if (character === '{' || character === '(' || character === '[') {
			depth++;
		} else if (character === '}' || character === ')' || character === ']') {
			depth--;
			if (depth === 0) {
				return index;
			}
		}
	}
	return -1;
};

const named = (name: string): RegExp => new RegExp(`(?<![a-z_])'?${name}'?(?:=|: )(\\d{1,9})(?!\\d)`);
const names = {
	prompt: named('prompt_tokens'),
	completion: named('completion_tokens'),
	total: named('total_tokens'),
	read: named('cache_read_input_tokens'),
	cached: named('cached_tokens'),
	write: named('cache_creation_input_tokens'),
	created: named('cache_creation_tokens'),
	writeOneHour: named('ephemeral_1h_input_tokens'),
};

/** First number given for a name, in either notation; undefined for None and for a missing name. */
const value = (text: string, name: RegExp): number | undefined => {
	const match = name.exec(text);
	return match ? Number(match[1]) : undefined;
};

/** Reads the usage object at the beginning of `text`; undefined where there is none. */
export const parseUsageText = (text: string): {readonly numbers: UsageNumbers; readonly length: number} | undefined => {
	const end = closing(text);
	if (end < 0) {
		return undefined;
	}
	const object = text.slice(0, end + 1);
	const prompt = value(object, names.prompt);
	if (prompt === undefined) {
		return undefined;
	}
	return {
		length: end + 1,
		numbers: {
			prompt,
			completion: value(object, names.completion),
			total: value(object, names.total),
			// Where a provider sends none of the cache keys it neither read nor wrote.
			read: value(object, names.read) ?? value(object, names.cached) ?? 0,
			write: value(object, names.write) ?? value(object, names.created) ?? 0,
			writeOneHour: value(object, names.writeOneHour),
		},
	};
};
