import {RE2JS, RE2JSException} from 're2js';
import {UsageError} from '../../../errors.js';

/** What the groups of a pattern may be called. */
export const groupNames = ['read', 'write', 'uncached', 'prompt', 'output', 'model', 'thread', 'time'] as const;

/** One of `groupNames`. */
export type GroupName = (typeof groupNames)[number];

/** What a pattern's groups hold in a line; undefined where they hold nothing. */
export type Groups = Readonly<Partial<Record<GroupName, string>>>;

/** Looks for a pattern in a line; undefined where the line does not match. */
export type LinePattern = (line: string) => Groups | undefined;

/** Characters of a line that are looked through. */
export const longestLine = 16 * 1024;

const isGroupName = (name: string): name is GroupName => (groupNames as readonly string[]).includes(name);

/**
 * A user's regular expression for lines of their own. RE2's engine takes time in proportion to the line whatever the
 * expression, so none can hang the program; what it cannot do in that time (look-around, back references) is refused.
 * @throws UsageError with one line that says what is wrong with the expression
 */
export const compilePattern = (expression: string): LinePattern => {
	const pattern = compiled(expression);
	const names = Object.keys(pattern.namedGroups());
	const unknown = names.find(name => !isGroupName(name));
	if (unknown !== undefined) {
		throw new UsageError(`--pattern: unknown group "${unknown}". Choose from ${groupNames.join(', ')}.`);
	}
	if (!names.includes('read') || !(names.includes('uncached') || names.includes('prompt'))) {
		throw new UsageError(
			'--pattern: name the groups (?<read>…), and (?<uncached>…) or (?<prompt>…), which contains what was read and written.',
		);
	}
	const told = names.filter(isGroupName);
	return line => {
		const matcher = pattern.matcher(line.slice(0, longestLine));
		return matcher.find()
			? Object.fromEntries(told.map(name => [name, matcher.group(name)]).filter(([, text]) => text !== null))
			: undefined;
	};
};

const compiled = (expression: string): RE2JS => {
	try {
		return RE2JS.compile(expression);
	} catch (error) {
		if (error instanceof RE2JSException) {
			throw new UsageError(`--pattern: ${error.message.replace('error parsing regexp: ', '')}.`);
		}
		throw error;
	}
};
