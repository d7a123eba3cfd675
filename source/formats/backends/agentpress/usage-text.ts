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

/** Characters. No usage object is this long; what is longer is something else. */
const longestUsage = 4000;

/** Where the bracket that opens `text` closes; -1 if it does not. */
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

/** Tokens of one request have no more digits. */
const mostDigits = 9;

/** The names that hold the numbers; of two for one thing the first is preferred. */
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

/** @param number the number given for a name; undefined where it is not given, or is none; NaN for what is no number */
const toNumbers = (number: (name: UsageName) => number | undefined, hasDetails: boolean): UsageNumbers => {
	const [read, cached, write, created] = [number('read'), number('cached'), number('write'), number('created')];
	// A provider that tells one of them, or the details of the prompt, leaves zeros out; silence of all is none.
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

/** The first that is a number; undefined where something else is told, 0 where nothing is. */
const soundOf = (...numbers: readonly (number | undefined)[]): number | undefined =>
	numbers.find(number => number !== undefined && !Number.isNaN(number)) ??
	(numbers.some(number => number !== undefined) ? undefined : 0);

/** Reads the usage object at the beginning of `text`; undefined where there is none. */
export const parseUsageText = (text: string): {readonly numbers: UsageNumbers; readonly length: number} | undefined => {
	const end = closing(text);
	const object = text.slice(0, end + 1);
	// The first number given for a name, in either notation; None and a missing name are none.
	const numbers = toNumbers(name => {
		const found = names[name].exec(object);
		return found ? Number(found[1]) : undefined;
	}, details.test(object));
	return numbers.prompt === undefined ? undefined : {length: object.length, numbers};
};
