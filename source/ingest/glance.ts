import {emptyTally, type Tally} from '../formats/format.js';
import type {ChangeStamp} from '../sources/file/change-stamp.js';
import type {Cursor} from '../store/cursor.js';

/** What was told of a log: of thousands that tell the same, it is held once. */
type FormatTally = Pick<Cursor, 'format' | 'tally'>;

/** Everything known about a log whose file has not changed since it was read completely. */
type Glance = FormatTally & Pick<Cursor, 'read' | 'lines'>;

/** What is known about a log that is so short that it is read again when it grows. */
export type Reread = Pick<Cursor, 'read' | 'lines' | 'format'> & {
	/** Fingerprint of everything that was read. */
	readonly print: string;
};

/** Names of the numbers in a tally, in the order of a glance. */
const counted = Object.keys(emptyTally()) as (keyof Tally)[];

const textOf = ({format, tally}: FormatTally): string => `${counted.map(what => tally[what]).join()} ${format ?? ''}`;

const noPrint = '-';

/**
 * A short summary to be stored with the cursor; undefined if it would not suffice.
 * @param print fingerprint of everything that was read, for a log that is read again instead of storing a cursor
 */
export const glanceOf = (cursor: Omit<Cursor, 'session'>, print = noPrint): string | undefined => {
	const {position, read, lines, sums, changes, models, isOpen, form} = cursor;
	const stamp = 'stamp' in position ? position.stamp : undefined;
	if (!stamp?.settled || sums || changes || models || isOpen || form) {
		return undefined;
	}
	const {inode, size, changed} = stamp;
	return `${inode} ${size} ${changed} ${read} ${lines} ${print} ${textOf(cursor)}`;
};

/** Parses the result of `glanceOf` for a log without a cursor. */
export const rereadIn = (glance: string): Reread | undefined => {
	const [, , , read, lines, print = noPrint, , ...format] = glance.split(' ');
	return print === noPrint
		? undefined
		: {read: Number(read), lines: Number(lines), print, format: format.join(' ') || undefined};
};

/** The state of the file according to a result of `glanceOf`. */
export const stampIn = (glance: string): ChangeStamp => {
	const [inode, size, changed] = glance.split(' ', 3).map(Number) as [number, number, number];
	return {inode, size, changed, settled: true};
};

/** Maximum number of shared tallies. */
const mostTallies = 1000;

/** Parses summaries, and shares equal parts of them. */
export class Glances {
	readonly #tallies = new Map<string, FormatTally>();

	/** Parses the result of `glanceOf`. */
	read(glance: string): Glance {
		const [, , , read, lines, , ...words] = glance.split(' ');
		return {read: Number(read), lines: Number(lines), ...this.#tallyIn(words.join(' '))};
	}

	/** An equal value that is shared. */
	shared(told: FormatTally): FormatTally {
		return this.#tallyIn(textOf(told));
	}

	#tallyIn(text: string): FormatTally {
		const before = this.#tallies.get(text);
		if (before) {
			return before;
		}
		const end = text.indexOf(' ');
		const numbers = text.slice(0, end).split(',').map(Number);
		const tally = emptyTally();
		for (const [index, what] of counted.entries()) {
			tally[what] = numbers[index] ?? 0;
		}
		const told = {format: text.slice(end + 1) || undefined, tally};
		if (this.#tallies.size >= mostTallies) {
			this.#tallies.clear();
		}
		this.#tallies.set(text, told);
		return told;
	}
}
