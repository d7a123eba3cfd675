import type {Moment} from './conversation.js';
import {SeenNames} from './seen-names.js';

/** What is saved of them. */
export type SavedLines = {
	readonly names: readonly string[];
	/** The latest line; undefined before the first. */
	readonly latest?: Moment | undefined;
};

/** Lines that are kept as they are, at least, and as many as are saved. */
const least = 10_000;
const mostSaved = 200;

/**
 * Lines that were read, so that one which is read again is known. Nearly every line is later than all before it, and was
 * not read before; only where one is not are the others named to compare it with them.
 */
export class SeenLines<Line extends {readonly at: Moment}> {
	readonly #nameOf: (line: Line) => string;
	readonly #named: SeenNames;
	/** Behind those that are named, in two generations. */
	#older: readonly Line[] = [];
	#recent: Line[] = [];
	#latest: Moment | undefined;

	constructor(nameOf: (line: Line) => string, saved?: SavedLines) {
		this.#nameOf = nameOf;
		this.#named = new SeenNames(saved?.names);
		this.#latest = saved?.latest;
	}

	save(): SavedLines {
		const unnamed = [...this.#older, ...this.#recent].slice(-mostSaved).map(this.#nameOf);
		return {
			names: [...this.#named.save(), ...unnamed].slice(-mostSaved),
			...(this.#latest && {latest: this.#latest}),
		};
	}

	/** Whether a line was read before; it is from now on. */
	isKnown(line: Line): boolean {
		if (!this.#latest || isLater(line.at, this.#latest)) {
			this.#latest = line.at;
			this.#recent.push(line);
			if (this.#recent.length >= least) {
				this.#older = this.#recent;
				this.#recent = [];
			}
			return false;
		}
		this.#nameAll();
		const name = this.#nameOf(line);
		if (this.#named.has(name)) {
			return true;
		}
		this.#named.add(name);
		return false;
	}

	#nameAll(): void {
		for (const line of this.#older) {
			this.#named.add(this.#nameOf(line));
		}
		for (const line of this.#recent) {
			this.#named.add(this.#nameOf(line));
		}
		this.#older = [];
		this.#recent = [];
	}
}

/** Whether a line is later than all that were read. Within one millisecond the text tells, where both have as many digits. */
const isLater = (at: Moment, latest: Moment): boolean =>
	at.time > latest.time ||
	(at.time === latest.time && at.stamp.length === latest.stamp.length && at.stamp > latest.stamp);
