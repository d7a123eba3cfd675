import type {Counts} from '../usage/counts.js';
import type {Layout} from './layout.js';

/** Counts of a call that may be sums of numbers in slots. */
export const countFields = ['input', 'read', 'write', 'writeOneHour', 'output', 'total'] as const;

/** A slot with a count, whether that is 0, and the factors with which it is added to counts. */
export type CountSlot = {
	readonly slot: number;
	readonly isZero: boolean;
	readonly to: readonly {readonly field: number; readonly times: number}[];
};

/** A count as a sum: of a part that is in no slot, undefined if the lines do not report it, and of slots. */
type Field = {
	readonly base: number | undefined;
	readonly parts: readonly {readonly index: number; readonly times: number}[];
};

/** Computes the counts of a call from the numbers in the slots of a layout. */
export class SlotCounts {
	readonly #slots: readonly CountSlot[];
	/** The numbers in the slots. */
	readonly #found: number[];
	readonly #fields: readonly Field[];
	readonly #example: Counts;

	/**
	 * @param base by field, the part that is in no slot
	 * @param example a line's counts; values that are not numbers are the same in all lines
	 */
	constructor(slots: readonly CountSlot[], base: readonly (number | undefined)[], example: Counts) {
		this.#slots = slots;
		this.#found = slots.map(() => 0);
		this.#fields = base.map((known, field) => ({
			base: known,
			parts: slots.flatMap(({to}, index) => to.filter(part => part.field === field).map(({times}) => ({index, times}))),
		}));
		this.#example = example;
	}

	/** The counts of the object that matched last; undefined if a slot contains another kind of number than before. */
	read(layout: Layout): Counts | undefined {
		for (let index = 0; index < this.#slots.length; index++) {
			const {slot, isZero} = this.#slots[index] as CountSlot;
			const count = layout.count(slot);
			if (Number.isNaN(count) || (count === 0) !== isZero) {
				return undefined;
			}
			this.#found[index] = count;
		}
		const {contains, totalDecides, cacheUnknown, incomplete} = this.#example;
		return {
			input: this.#sum(0),
			read: this.#sum(1),
			write: this.#sum(2),
			writeOneHour: this.#sum(3),
			output: this.#sum(4),
			total: this.#sum(5),
			contains,
			totalDecides,
			cacheUnknown,
			incomplete,
		};
	}

	#sum(field: number): number | undefined {
		const {base, parts} = this.#fields[field] as Field;
		let sum = base;
		for (let at = 0; at < parts.length && sum !== undefined; at++) {
			const {index, times} = parts[at] as Field['parts'][number];
			sum += times * (this.#found[index] as number);
		}
		return sum;
	}
}
