import {emptyTally, type Tally} from '../formats/format.js';
import type {ChangeStamp} from '../sources/file/change-stamp.js';
import type {Cursor} from '../store/cursor.js';

/** What was told of a log: of thousands that tell the same, it is held once. */
type FormatTally = Pick<Cursor, 'format' | 'tally'>;

/** All there is to know of a log as long as its file is as it was when all of it had been read. */
type Glance = FormatTally & Pick<Cursor, 'read' | 'lines'>;

/** What is known of a log of which so little was read that it is read again where there is more of it. */
export type Reread = Pick<Cursor, 'read' | 'lines' | 'format'> & {
	/** Fingerprint of all that was read. */
	readonly print: string;
};

/** What the numbers of a tally count, in the order in which a glance has them. */
const counted = Object.keys(emptyTally()) as (keyof Tally)[];

const textOf = ({format, tally}: FormatTally): string => `${counted.map(what => tally[what]).join()} ${format ?? ''}`;

const noPrint = '-';

/**
 * In few words, to be kept beside the cursor; undefined where they would not be enough.
 * @param print fingerprint of all that was read, where that is read again instead of keeping a cursor
 */
export const glanceOf = (cursor: Omit<Cursor, 'session'>, print = noPrint): string | undefined => {
	const {position, read, lines, sums, changes, models, isOpen} = cursor;
	const stamp = 'stamp' in position ? position.stamp : undefined;
	if (!stamp?.settled || sums || changes || models || isOpen) {
		return undefined;
	}
	const {inode, size, changed} = stamp;
	return `${inode} ${size} ${changed} ${read} ${lines} ${print} ${textOf(cursor)}`;
};

/** What `glanceOf` wrote of a log without a cursor. */
export const rereadIn = (glance: string): Reread | undefined => {
	const [, , , read, lines, print = noPrint, , ...format] = glance.split(' ');
	return print === noPrint
		? undefined
		: {read: Number(read), lines: Number(lines), print, format: format.join(' ') || undefined};
};

/** The file as it was, by what `glanceOf` wrote. */
export const stampIn = (glance: string): ChangeStamp => {
	const [inode, size, changed] = glance.split(' ', 3).map(Number) as [number, number, number];
	return {inode, size, changed, settled: true};
};

/** Different ones that are held at most. */
const mostTallies = 1000;

/** Reads glances, and holds what many of them tell once. */
export class Glances {
	readonly #tallies = new Map<string, FormatTally>();

	/** What `glanceOf` wrote. */
	read(glance: string): Glance {
		const [, , , read, lines, , ...words] = glance.split(' ');
		return {read: Number(read), lines: Number(lines), ...this.#tallyIn(words.join(' '))};
	}

	/** The same as what is given, held once. */
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
