import {coldKinds, type Facts} from '../../metrics/breaks/facts.js';
import type {Loss, SmallLoss} from '../../metrics/breaks/loss.js';
import {paidInFull} from '../../metrics/breaks/lost.js';
import type {Usage} from '../../request.js';
import {grown} from './grown.js';

/** Facts of requests in columns, by row; losses, which few requests have, as they are. */
export class FactColumns {
	/** Milliseconds; not a number where there is none. */
	#gap = new Float64Array(0);
	#readFiveMinutes = new Float64Array(0);
	#readOneHour = new Float64Array(0);
	/** Places among the kinds of cold starts, from 1; 0 for none. */
	#cold = new Uint8Array(0);
	readonly #losses = new Map<number, Loss>();
	readonly #small = new Map<number, SmallLoss>();
	readonly #usageOf: (row: number) => Usage | undefined;

	/** @param usageOf the usage of a row, which says what its cold start paid for */
	constructor(usageOf: (row: number) => Usage | undefined) {
		this.#usageOf = usageOf;
	}

	/** Makes room for the facts of so many rows, and forgets those there were. */
	reset(count: number): void {
		this.#gap = grown(this.#gap, count);
		this.#readFiveMinutes = grown(this.#readFiveMinutes, count);
		this.#readOneHour = grown(this.#readOneHour, count);
		this.#cold = grown(this.#cold, count);
		this.#losses.clear();
		this.#small.clear();
	}

	set(row: number, {gap, loss, small, cold, readFiveMinutes, readOneHour}: Facts): void {
		this.#gap[row] = gap ?? Number.NaN;
		this.#readFiveMinutes[row] = readFiveMinutes;
		this.#readOneHour[row] = readOneHour;
		this.#cold[row] = cold ? coldKinds.indexOf(cold.kind) + 1 : 0;
		setOrDelete(this.#losses, row, loss);
		setOrDelete(this.#small, row, small);
	}

	at(row: number): Facts {
		const gap = this.#gap[row] as number;
		const kind = coldKinds[(this.#cold[row] as number) - 1];
		const usage = kind && this.#usageOf(row);
		return {
			gap: Number.isNaN(gap) ? undefined : gap,
			loss: this.#losses.get(row),
			small: this.#small.get(row),
			cold: usage && {kind, ...paidInFull(usage)},
			readFiveMinutes: this.#readFiveMinutes[row] as number,
			readOneHour: this.#readOneHour[row] as number,
		};
	}

	isBreak(row: number): boolean {
		return this.#losses.has(row);
	}
}

const setOrDelete = <Value>(map: Map<number, Value>, row: number, value: Value | undefined): void => {
	if (value !== undefined) {
		map.set(row, value);
	} else if (map.size > 0) {
		map.delete(row);
	}
};
