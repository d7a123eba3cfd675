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

/** Computes the counts of a call from the numbers in the slots of a layout. */
export class SlotCounts {
	readonly #slots: readonly CountSlot[];
	readonly #base: readonly (number | undefined)[];
	readonly #example: Counts;
	/** By field; undefined if the lines do not report it. */
	readonly #sums: (number | undefined)[];

	/**
	 * @param base by field, the part that is in no slot
	 * @param example a line's counts; values that are not numbers are the same in all lines
	 */
	constructor(slots: readonly CountSlot[], base: readonly (number | undefined)[], example: Counts) {
		this.#slots = slots;
		this.#base = base;
		this.#example = example;
		this.#sums = [...base];
	}

	/** The counts of the object that matched last; undefined if a slot contains another kind of number than before. */
	read(layout: Layout): Counts | undefined {
		const sums = this.#sums;
		for (let field = 0; field < sums.length; field++) {
			sums[field] = this.#base[field];
		}
		for (let index = 0; index < this.#slots.length; index++) {
			const {slot, isZero, to} = this.#slots[index] as CountSlot;
			const count = layout.count(slot);
			if (Number.isNaN(count) || (count === 0) !== isZero) {
				return undefined;
			}
			for (let part = 0; part < to.length; part++) {
				const {field, times} = to[part] as CountSlot['to'][number];
				const before = sums[field];
				sums[field] = before === undefined ? undefined : before + times * count;
			}
		}
		const {contains, totalDecides, cacheUnknown, incomplete} = this.#example;
		return {
			input: sums[0],
			read: sums[1],
			write: sums[2],
			writeOneHour: sums[3],
			output: sums[4],
			total: sums[5],
			contains,
			totalDecides,
			cacheUnknown,
			incomplete,
		};
	}
}
