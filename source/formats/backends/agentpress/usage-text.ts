/** Usage objects printed by Python: `{'prompt_tokens': 1, …}` and `Usage(prompt_tokens=1, …)`. */

/** The numbers of a usage object, in tokens; undefined if missing. */
export type UsageNumbers = {
	readonly prompt?: number | undefined;
	readonly completion?: number | undefined;
	readonly total?: number | undefined;
	readonly read?: number | undefined;
	readonly write?: number | undefined;
	/** The part of `write` with a lifetime of one hour. */
	readonly writeOneHour?: number | undefined;
};

/** Maximum characters of a usage object. */
const longestUsage = 4000;

/** Index of the bracket that closes `text`; -1 if there is none. */
const closing = (text: string): number => {
	let depth = 0;
	const end = Math.min(text.length, longestUsage);
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

/** Maximum digits of a request's tokens. */
const mostDigits = 9;

/** The names of the numbers, in order of preference. */
export const usageNames = {
	prompt: 'prompt_tokens',
	completion: 'completion_tokens',
	total: 'total_tokens',
	read: 'cache_read_input_tokens',
	cached: 'cached_tokens',
	write: 'cache_creation_input_tokens',
	created: 'cache_creation_tokens',
	writeOneHour: 'ephemeral_1h_input_tokens',
} as const;

const named = (name: string): RegExp =>
	new RegExp(`(?<![a-z_])'?${name}'?(?:=|: )(?:(\\d{1,${mostDigits}})(?!\\d)|(?!None|null)\\S)`);
const names = Object.fromEntries(Object.entries(usageNames).map(([key, name]) => [key, named(name)])) as Readonly<
	Record<UsageName, RegExp>
>;

/** A number of a usage line, by its key in `usageNames`. */
export type UsageName = keyof typeof usageNames;

/** @param number returns the number under a name; undefined if it is missing or None; NaN if it is not a number */
const toNumbers = (number: (name: UsageName) => number | undefined, hasDetails: boolean): UsageNumbers => {
	const [read, cached, write, created] = [number('read'), number('cached'), number('write'), number('created')];
	// A provider that reports one of them, or the details of the prompt, omits zeros; if all are missing, they are
	// unknown.
	const isTold = hasDetails || [read, cached, write, created].some(one => one !== undefined);
	return {
		prompt: whole(number('prompt')),
		completion: whole(number('completion')),
		total: whole(number('total')),
		read: isTold ? soundOf(read, cached) : undefined,
		write: isTold ? soundOf(write, created) : undefined,
		writeOneHour: whole(number('writeOneHour')),
	};
};

const details = /prompt_tokens_details'?(?:=|: )(?!None|null)\S/;

const whole = (number: number | undefined): number | undefined => (Number.isNaN(number) ? undefined : number);

/** The first number; undefined if there are only other values, 0 if there is none. */
const soundOf = (...numbers: readonly (number | undefined)[]): number | undefined =>
	numbers.find(number => number !== undefined && !Number.isNaN(number)) ??
	(numbers.some(number => number !== undefined) ? undefined : 0);

/** Parses the usage object at the beginning of `text`; undefined if there is none. */
export const parseUsageText = (text: string): {readonly numbers: UsageNumbers; readonly length: number} | undefined => {
	const end = closing(text);
	const object = text.slice(0, end + 1);
	// The first number under a name, in either notation; None counts as missing.
	const numbers = toNumbers(name => {
		const found = names[name].exec(object);
		return found ? Number(found[1]) : undefined;
	}, details.test(object));
	return numbers.prompt === undefined ? undefined : {length: object.length, numbers};
};
