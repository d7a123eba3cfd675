import {isLater, type Moment, plainMoment} from '../moment.js';
import type {Outcome} from '../outcome.js';
import {numberKeys} from '../outcome-numbers.js';
import {LineColumns} from './line-columns.js';
import {lineName} from './line-name.js';
import {SeenNames} from './seen-names.js';

/** The part that is saved. */
export type SavedLines = {
	readonly names: readonly string[];
	/** The latest line; undefined before the first. */
	readonly latest?: Moment | undefined;
};

/** Minimum number of lines kept, and number of those saved. */
const least = 10_000;
const mostSaved = 200;

/**
 * Recognises calls and outcomes that were read before. Nearly every line is later than all before it, and therefore
 * new; only when one is not are the others given names, to compare it with them.
 */
export class SeenLines {
	readonly #named: SeenNames;
	/** Lines without names, in two generations. */
	#older = new LineColumns();
	#recent = new LineColumns();
	#latest: Moment | undefined;

	constructor(saved?: SavedLines) {
		this.#named = new SeenNames(saved?.names);
		this.#latest = saved?.latest;
	}

	save(): SavedLines {
		const recent = this.#recent.names(mostSaved);
		const older = this.#older.names(mostSaved - recent.length);
		return {
			names: [...this.#named.save(), ...older, ...recent].slice(-mostSaved),
			...(this.#latest && {latest: plainMoment(this.#latest)}),
		};
	}

	/**
	 * True if a line was read before; remembers it.
	 * @param owner its thread, or its run @param told the model of a call, or an outcome
	 */
	isKnown(owner: string, at: Moment, told: string | Outcome): boolean {
		if (!this.#latest || isLater(at, this.#latest)) {
			this.#latest = at;
			this.#note(owner, at, told);
			return false;
		}
		this.#nameAll();
		const name = nameOf(owner, at, told);
		if (this.#named.has(name)) {
			return true;
		}
		this.#named.add(name);
		return false;
	}

	#note(owner: string, at: Moment, told: string | Outcome): void {
		if (!this.#recent.add(owner, at, told)) {
			this.#named.add(nameOf(owner, at, told));
		}
		if (this.#recent.length >= least) {
			[this.#older, this.#recent] = [this.#recent, this.#older];
			this.#recent.clear();
		}
	}

	#nameAll(): void {
		for (const lines of [this.#older, this.#recent]) {
			for (const name of lines.names(lines.length)) {
				this.#named.add(name);
			}
			lines.clear();
		}
	}
}

const nameOf = (owner: string, {stamp}: Moment, told: string | Outcome): string =>
	typeof told === 'string'
		? lineName(owner, stamp, told, [])
		: lineName(
				owner,
				stamp,
				told.wording,
				numberKeys.map(key => told[key]),
			);
