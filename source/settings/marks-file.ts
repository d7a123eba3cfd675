import {appendFileSync, readFileSync, statSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {UserError} from '../errors.js';
import type {Mark} from '../metrics/marks.js';
import {dataFolder} from '../system/data-folder.js';
import {makeFolder} from '../system/make-folder.js';
import {sanitize} from '../text/sanitize.js';

/** Longer names do not fit beside a chart. */
const longestName = 100;

/** Where the marks of this user are kept, whatever sources are read: one line of JSON a mark. */
export const marksPath = (): string => join(dataFolder(), 'marks.jsonl');

/** As marks are shown and found again: one short line without signs that a terminal obeys. */
export const markName = (text: string): string => sanitize(text.trim(), {columns: longestName});

/**
 * Adds a mark. Several processes may do so at once: a line is appended by one write, whole or not at all.
 * @throws UserError where the file cannot be written
 */
export const addMark = (mark: Mark): void => append(lineOf(mark));

/**
 * Deletes a mark. A line that says so is appended, for another process may add one at the same time.
 * @throws UserError where the file cannot be written
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

/** The marks that lines leave: one that is deleted takes away the same one before it. */
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
 * The marks of this user, in the order in which they were added; lines that are no marks are left out. The file is read
 * again when it changed: a screen asks for every picture.
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
