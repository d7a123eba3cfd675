import {RE2JS, RE2JSException} from 're2js';
import {UsageError} from '../../../errors.js';

/** Allowed names of a pattern's groups. */
export const groupNames = ['read', 'write', 'uncached', 'prompt', 'output', 'model', 'thread', 'time'] as const;

/** One of `groupNames`. */
export type GroupName = (typeof groupNames)[number];

/** The values of a pattern's groups in a line; undefined if they did not match. */
export type Groups = Readonly<Partial<Record<GroupName, string>>>;

/** Matches a line; undefined if it does not match. */
export type LinePattern = (line: string) => Groups | undefined;

/** Maximum characters of a line that are searched. */
export const longestLine = 16 * 1024;

const isGroupName = (name: string): name is GroupName => (groupNames as readonly string[]).includes(name);

/**
 * Compiles a user's regular expression. RE2's engine takes linear time for any expression, so that none can hang the
 * program; what it does not support (look-around, back references) is rejected.
 * @throws UsageError with one line about the error in the expression
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
