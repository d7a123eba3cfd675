import {sanitize} from '../text/sanitize.js';
import type {Span, Window} from './windows/window.js';

/** A named instant: a deploy, a new prompt, a new version of a client. */
export type Mark = {
	/** Epoch milliseconds. */
	readonly time: number;
	readonly name: string;
};

/** The time of the first request of each client (name and version), in epoch milliseconds. */
export type ClientStarts = ReadonlyMap<string, number>;

/** Maximum number of marks in a window, newest first. */
const mostMarks = 100;

/** `claude-code` for `claude-code 2.1.3`; undefined for a client without a version. */
const programOf = (client: string): string | undefined => /^(.+)\s+\S*\d\S*$/.exec(client)?.[1];

/** A mark for each version of a client that was seen after another version of it. */
export const versionMarks = (starts: ClientStarts): readonly Mark[] => {
	const seen = new Set<string>();
	return [...starts]
		.map(([name, time]) => ({name, time}))
		.sort((one, other) => one.time - other.time)
		.filter(({name}) => {
			const program = programOf(name);
			const isUpdate = program !== undefined && seen.has(program);
			if (program !== undefined) {
				seen.add(program);
			}
			return isUpdate;
		});
};

/** All marks: the user's own, and those of new client versions. */
export const allMarks = (own: readonly Mark[], clients: ClientStarts): readonly Mark[] => [
	...own,
	...versionMarks(clients),
];

/** Sorts marks, oldest first. */
export const inOrder = (marks: readonly Mark[]): readonly Mark[] =>
	[...marks].sort((one, other) => one.time - other.time);

/** The newest marks of a window, oldest first. */
export const marksIn = (marks: readonly Mark[], {from, to}: Window): readonly Mark[] =>
	inOrder(marks.filter(({time}) => time >= from && time < to)).slice(-mostMarks);

/** The latest mark whose name contains a text, ignoring case. */
export const findMark = (marks: readonly Mark[], text: string): Mark | undefined => {
	const wanted = text.trim().toLowerCase();
	return inOrder(marks).findLast(({name}) => name.toLowerCase().includes(wanted));
};

const sinceWord = 'since ';

/** True if `windowSince` made the window. */
export const isSinceMark = ({name}: Pick<Window, 'name'>): boolean => name.startsWith(sinceWord);

/**
 * The window after a mark. It is only as long as the history before the mark, so that both can be compared; if there is
 * none, it extends to now.
 */
export const windowSince = ({time, name}: Mark, now: number, span: Span): Window => {
	const before = span ? time - span.first : 0;
	const after = Math.max(1, now - time);
	return {
		from: time,
		to: time + (before > 0 ? Math.min(before, after) : after),
		name: `${sinceWord}${sanitize(name, {columns: 60})}`,
	};
};
