import * as v from 'valibot';
import {UsageError} from '../errors.js';
import {nearNames} from '../text/near-names.js';
import {durationForm, parseDuration} from './duration.js';

/** The message for an unknown key, to be preceded by its location in the file. */
const unknownKey = (key: string, known: readonly string[]): string => {
	const [near] = nearNames(key, known);
	return near === undefined ? `unknown key. Choose from ${known.join(', ')}.` : `unknown key. Did you mean "${near}"?`;
};

/** An object with these keys and no others. */
export const exact = <Entries extends v.ObjectEntries>(entries: Entries) =>
	v.strictObject(entries, issue => {
		const key = issue.path?.at(-1)?.key;
		if (issue.expected === 'never') {
			return unknownKey(String(key), Object.keys(entries));
		}
		return issue.path === undefined ? 'expected an object: {…}.' : 'this is missing.';
	});

/** Like `exact`, but rejects lists, which are objects without wrong keys. */
export const exactObject = <Entries extends v.ObjectEntries>(entries: Entries) =>
	v.pipe(
		v.unknown(),
		v.check(value => !Array.isArray(value), 'expected an object: {…}.'),
		exact(entries),
	);

/** A string that is not blank. */
export const text = v.pipe(
	v.string('expected a text in quotes.'),
	v.check(value => value.trim() !== '', 'this is empty.'),
);

/** A list of such strings, which may be empty. */
export const texts = v.array(text, 'expected a list of texts: ["…"].');

/** True or false; not a text such as "yes". */
export const flag = v.boolean('expected true or false.');

/** A number within inclusive limits. */
export const numberFrom = (least: number, most: number) => {
	const message = `expected a number from ${least} to ${most}.`;
	return v.pipe(v.number(message), v.minValue(least, message), v.maxValue(most, message));
};

/** One of a set of words, in exactly this spelling. */
export const oneOf = <const Names extends readonly string[]>(names: Names) =>
	v.picklist(names, `expected one of ${names.join(', ')}.`);

/** A duration in the user's notation, converted to milliseconds. */
export const duration = v.pipe(
	v.string(`expected ${durationForm}, in quotes.`),
	v.rawTransform(({dataset, addIssue, NEVER}) => {
		const value = parseDuration(dataset.value);
		if (value === undefined) {
			addIssue({message: `expected ${durationForm}.`});
			return NEVER;
		}
		return value;
	}),
);

/** A text that a parser of flags accepts. The parser's error is shown without the name of the flag. */
export const parsed = (parse: (value: string) => unknown) =>
	v.pipe(
		text,
		v.rawCheck(({dataset, addIssue}) => {
			try {
				parse(String(dataset.value));
			} catch (error) {
				if (!(error instanceof UsageError)) {
					throw error;
				}
				addIssue({message: error.message.replace(/^--[a-z-]+: /, '')});
			}
		}),
	);

const environmentName = v.pipe(
	v.string('expected the name of an environment variable.'),
	v.regex(/^[A-Za-z_]\w*$/, 'expected the name of an environment variable.'),
);

/** Accepts a `Secret`. */
export const secret = v.union(
	[text, exact({env: environmentName})],
	'expected a text, or {"env": "NAME"} for what an environment variable holds.',
);
