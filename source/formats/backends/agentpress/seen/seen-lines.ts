import {isLater, type Moment, plainMoment} from '../moment.js';
import type {Outcome} from '../outcome.js';
import {numberKeys} from '../outcome-numbers.js';
import {LineColumns} from './line-columns.js';
import {lineName} from './line-name.js';
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
 * The calls and outcomes that were read, so that one which is read again is known. Nearly every line is later than all
 * before it, and was not read before; only where one is not are the others named to compare it with them.
 */
export class SeenLines {
	readonly #named: SeenNames;
	/** Behind those that are named, in two generations. */
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
	 * Whether a line was read before; it is from now on.
	 * @param owner its thread, or its run  @param told the model of a call, or an outcome
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
