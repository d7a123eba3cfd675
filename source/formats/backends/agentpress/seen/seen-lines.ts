import {isLater, type Moment, plainMoment, ReadMoment} from '../moment.js';
import type {Outcome, OutcomeWording} from '../outcome.js';
import {numberKeys} from '../outcome-numbers.js';
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

/** Of a line: its time, the microseconds behind the second, whether it tells an outcome, and the outcome's numbers. */
const rowLength = 3 + numberKeys.length;

/** Lines as they are, in columns that are filled again and again: an object a line would outlive thousands of others. */
class Lines {
	#length = 0;
	readonly #owners: string[] = [];
	/** The model of a call, or the wording of an outcome. */
	readonly #told: string[] = [];
	/** The time as it was written; undefined where the numbers tell it. */
	readonly #stamps: (string | undefined)[] = [];
	/** NaN for what an outcome does not tell. */
	readonly #numbers: number[] = [];

	get length(): number {
		return this.#length;
	}

	clear(): void {
		this.#length = 0;
	}

	add(owner: string, at: Moment, told: string | Outcome): void {
		const index = this.#length++;
		const isRead = at instanceof ReadMoment;
		const isCall = typeof told === 'string';
		this.#owners[index] = owner;
		this.#told[index] = isCall ? told : told.wording;
		this.#stamps[index] = isRead ? undefined : at.stamp;
		const numbers = this.#numbers;
		const place = index * rowLength;
		numbers[place] = at.time;
		numbers[place + 1] = isRead ? at.microseconds : 0;
		numbers[place + 2] = isCall ? 0 : 1;
		if (!isCall) {
			numbers[place + 3] = told.prompt ?? Number.NaN;
			numbers[place + 4] = told.completion ?? Number.NaN;
			numbers[place + 5] = told.total ?? Number.NaN;
			numbers[place + 6] = told.read ?? Number.NaN;
			numbers[place + 7] = told.write ?? Number.NaN;
			numbers[place + 8] = told.writeOneHour ?? Number.NaN;
		}
	}

	/** The names of the latest, the last of all at the end. */
	names(most: number): readonly string[] {
		const first = Math.max(0, this.#length - most);
		return Array.from({length: this.#length - first}, (_, index) => this.#name(first + index));
	}

	#name(index: number): string {
		const [time = 0, microseconds = 0, isOutcome, ...numbers] = this.#numbers.slice(
			index * rowLength,
			(index + 1) * rowLength,
		);
		const told = this.#told[index] as string;
		const stamp = this.#stamps[index] ?? new ReadMoment(time, microseconds).stamp;
		const known = numberKeys.map((key, place) => [key, numbers[place]]).filter(([, number]) => !Number.isNaN(number));
		return lineName(
			this.#owners[index] as string,
			stamp,
			isOutcome === 1 ? {...Object.fromEntries(known), wording: told as OutcomeWording} : told,
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
				[this.#older, this.#recent] = [this.#recent, this.#older];
				this.#recent.clear();
			}
			return false;
		}
		this.#nameAll();
		const name = lineName(owner, at.stamp, told);
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
			lines.clear();
		}
	}
}
