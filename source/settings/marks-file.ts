import {appendFileSync, readFileSync, statSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {UserError} from '../errors.js';
import type {Mark} from '../metrics/marks.js';
import {dataFolder} from '../system/data-folder.js';
import {makeFolder} from '../system/make-folder.js';
import {sanitize} from '../text/sanitize.js';

/** Maximum columns of a mark's name; longer ones do not fit next to a chart. */
const longestName = 100;

/** Path of the user's marks, which apply to all sources: one line of JSON per mark. */
export const marksPath = (): string => join(dataFolder(), 'marks.jsonl');

/** A mark's name as it is saved and displayed: one line, bounded and safe to print. */
export const markName = (text: string): string => sanitize(text.trim(), {columns: longestName});

/**
 * Adds a mark. Safe for several processes at once, because a line is appended by a single write.
 * @throws UserError if the file cannot be written
 */
export const addMark = (mark: Mark): void => append(lineOf(mark));

/**
 * Deletes a mark by appending a line that says so, because another process may be adding one.
 * @throws UserError if the file cannot be written
 */
export const deleteMark = (mark: Mark): void => append({...lineOf(mark), deleted: true});

type Line = {readonly time: string; readonly name: string; readonly deleted?: true};

const lineOf = ({time, name}: Mark): Line => ({time: new Date(time).toISOString(), name});

const append = (line: Line): void => {
	const path = marksPath();
	try {
		makeFolder(dirname(path));
		appendFileSync(path, `${JSON.stringify(line)}\n`, {mode: 0o600});
	} catch (error) {
		throw new UserError(`${path} cannot be written: ${(error as Error).message}`, 2);
	}
};

type Entry = Mark & {readonly isDeleted: boolean};

const entryOf = (text: string): readonly Entry[] => {
	try {
		const {time, name, deleted}: {time?: unknown; name?: unknown; deleted?: unknown} = JSON.parse(text);
		const mark = {
			time: Date.parse(String(time)),
			name: typeof name === 'string' ? markName(name) : '',
			isDeleted: deleted === true,
		};
		return Number.isNaN(mark.time) || mark.name === '' ? [] : [mark];
	} catch {
		return [];
	}
};

/** The marks that result from the lines: a deletion removes an equal mark before it. */
const marksOf = (entries: readonly Entry[]): readonly Mark[] => {
	const marks = new Map<string, Mark>();
	for (const {time, name, isDeleted} of entries) {
		const key = `${time} ${name}`;
		if (isDeleted) {
			marks.delete(key);
		} else {
			marks.set(key, {time, name});
		}
	}
	return [...marks.values()];
};

let known: {readonly state: string; readonly marks: readonly Mark[]} | undefined;

/**
 * The user's marks in the order of their addition; invalid lines are ignored. Cached until the file changes, because
 * the screen asks for every snapshot.
 */
export const readMarks = (): readonly Mark[] => {
	try {
		const path = marksPath();
		const {size, mtimeMs} = statSync(path);
		const state = `${path} ${size} ${mtimeMs}`;
		if (known?.state !== state) {
			known = {state, marks: marksOf(readFileSync(path, 'utf8').split('\n').flatMap(entryOf))};
		}
		return known.marks;
	} catch {
		return [];
	}
};
