import {lineName} from './line-name.js';
import {isLater, type Moment, plainMoment} from './moment.js';
import type {Outcome} from './outcome.js';
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

/** Lines as they are, each at one place of all lists: an object a line would outlive thousands of others. */
class Lines {
	readonly #owners: string[] = [];
	readonly #moments: Moment[] = [];
	readonly #told: (string | Outcome)[] = [];

	get length(): number {
		return this.#owners.length;
	}

	add(owner: string, at: Moment, told: string | Outcome): void {
		this.#owners.push(owner);
		this.#moments.push(at);
		this.#told.push(told);
	}

	/** The names of the latest, the last of all at the end. */
	names(most: number): readonly string[] {
		const first = Math.max(0, this.length - most);
		return this.#owners
			.slice(first)
			.map((owner, index) =>
				lineName(owner, this.#moments[first + index] as Moment, this.#told[first + index] as string | Outcome),
			);
	}
}

/**
 * The calls and outcomes that were read, so that one which is read again is known. Nearly every line is later than all
 * before it, and was not read before; only where one is not are the others named to compare it with them.
 */
export class SeenLines {
	readonly #named: SeenNames;
	/** Behind those that are named, in two generations. */
	#older = new Lines();
	#recent = new Lines();
	#latest: Moment | undefined;

	constructor(saved?: SavedLines) {
		this.#named = new SeenNames(saved?.names);
		this.#latest = saved?.latest;
	}

	save(): SavedLines {
		const unnamed = [...this.#older.names(mostSaved), ...this.#recent.names(mostSaved)];
		return {
			names: [...this.#named.save(), ...unnamed].slice(-mostSaved),
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
			this.#recent.add(owner, at, told);
			if (this.#recent.length >= least) {
				this.#older = this.#recent;
				this.#recent = new Lines();
			}
			return false;
		}
		this.#nameAll();
		const name = lineName(owner, at, told);
		if (this.#named.has(name)) {
			return true;
		}
		this.#named.add(name);
		return false;
	}

	#nameAll(): void {
		for (const lines of [this.#older, this.#recent]) {
			for (const name of lines.names(lines.length)) {
				this.#named.add(name);
			}
		}
		this.#older = new Lines();
		this.#recent = new Lines();
	}
}
