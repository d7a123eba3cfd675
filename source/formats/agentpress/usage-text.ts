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

/** First number given for a name, in either notation; undefined for None and for a missing name. */
const value = (text: string, name: string): number | undefined => {
	const match = new RegExp(`(?<![a-z_])'?${name}'?(?:=|: )(\\d{1,15})`).exec(text);
	return match ? Number(match[1]) : undefined;
};

/** Reads the usage object at the beginning of `text`; undefined where there is none. */
export const parseUsageText = (text: string): {readonly numbers: UsageNumbers; readonly length: number} | undefined => {
	const end = closing(text);
	if (end < 0) {
		return undefined;
	}
	const object = text.slice(0, end + 1);
	const prompt = value(object, 'prompt_tokens');
	if (prompt === undefined) {
		return undefined;
	}
	return {
		length: end + 1,
		numbers: {
			prompt,
			completion: value(object, 'completion_tokens'),
			total: value(object, 'total_tokens'),
			// Where a provider sends none of the cache keys it neither read nor wrote.
			read: value(object, 'cache_read_input_tokens') ?? value(object, 'cached_tokens') ?? 0,
			write: value(object, 'cache_creation_input_tokens') ?? value(object, 'cache_creation_tokens') ?? 0,
			writeOneHour: value(object, 'ephemeral_1h_input_tokens'),
		},
	};
};
