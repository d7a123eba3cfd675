import {coldKinds, coldStart, type Facts} from '../../metrics/breaks/facts.js';
import type {Loss, SmallLoss} from '../../metrics/breaks/loss.js';
import type {Usage} from '../../request.js';
import {grown} from './grown.js';

/** A row of `#kinds`: the four low bits are the kind of cold start, the next flag losses. */
const coldBits = 15;
const lossFlag = 16;
const smallFlag = 32;
const automaticFlag = 64;

/** Number of token counts of a small loss. */
const ofSmall = 3;

/** The facts of each request by its row, in typed arrays; the breaks, which few requests have, in a map. */
export class FactColumns {
	/** `Facts.gap` in milliseconds; NaN for undefined. */
	#gap = new Float64Array(0);
	#readFiveMinutes = new Float64Array(0);
	#readOneHour = new Float64Array(0);
	/** The index of the cold start's kind in `coldKinds` plus 1, or 0 for none, with flags of losses added. */
	#kinds = new Uint8Array(0);
	readonly #losses = new Map<number, Loss>();
	/** The tokens of small losses as in `PaidTokens`, in its order. Takes no room until there is one. */
	#small = new Float64Array(0);
	readonly #usageOf: (row: number) => Usage | undefined;

	/** @param usageOf the usage of a row, which says what its cold start paid for */
	constructor(usageOf: (row: number) => Usage | undefined) {
		this.#usageOf = usageOf;
	}

	/** Makes room for the facts of `count` rows, and clears them. */
	reset(count: number): void {
		this.#gap = grown(this.#gap, count);
		this.#readFiveMinutes = grown(this.#readFiveMinutes, count);
		this.#readOneHour = grown(this.#readOneHour, count);
		this.#kinds = grown(this.#kinds, count);
		this.#losses.clear();
	}

	set(row: number, {gap, loss, small, cold, readFiveMinutes, readOneHour}: Facts): void {
		this.#gap[row] = gap ?? Number.NaN;
		this.#readFiveMinutes[row] = readFiveMinutes;
		this.#readOneHour[row] = readOneHour;
		this.#kinds[row] =
			(cold ? coldKinds.indexOf(cold.kind) + 1 : 0) +
			(loss ? lossFlag : 0) +
			(small ? smallFlag + (small.automatic ? automaticFlag : 0) : 0);
		// An earlier loss of the row may stay in the map; without the flag it is ignored.
		if (loss) {
			this.#losses.set(row, loss);
		}
		if (small) {
			this.#setSmall(row, small);
		}
	}

	#setSmall(row: number, {oneHour, fiveMinutes, input}: SmallLoss): void {
		this.#small = grown(this.#small, ofSmall * this.#kinds.length);
		const at = ofSmall * row;
		this.#small[at] = oneHour;
		this.#small[at + 1] = fiveMinutes;
		this.#small[at + 2] = input;
	}

	#smallAt(row: number, automatic: boolean): SmallLoss {
		const at = ofSmall * row;
		return {
			oneHour: this.#small[at] as number,
			fiveMinutes: this.#small[at + 1] as number,
			input: this.#small[at + 2] as number,
			automatic,
		};
	}

	at(row: number): Facts {
		const gap = this.#gap[row] as number;
		const kinds = this.#kinds[row] as number;
		const kind = coldKinds[(kinds & coldBits) - 1];
		const usage = kind && this.#usageOf(row);
		return {
			gap: Number.isNaN(gap) ? undefined : gap,
			loss: this.loss(row),
			small: (kinds & smallFlag) > 0 ? this.#smallAt(row, (kinds & automaticFlag) > 0) : undefined,
			cold: usage && coldStart(kind, usage),
			readFiveMinutes: this.#readFiveMinutes[row] as number,
			readOneHour: this.#readOneHour[row] as number,
		};
	}

	loss(row: number): Loss | undefined {
		return this.isBreak(row) ? this.#losses.get(row) : undefined;
	}

	isBreak(row: number): boolean {
		return ((this.#kinds[row] as number) & lossFlag) > 0;
	}
}
