import {untimed} from '../../request.js';
import {parseStamp} from '../../time/stamp.js';
import type {FormatContext, Tally} from '../format.js';
import {textOf} from '../json/json-values.js';

/** Tells the times of the lines of one log; a line without one gets that of the line before, or is `untimed`. */
export class LineClock {
	readonly #context: FormatContext;
	readonly #tally: Tally;
	#time: number;

	/** @param last epoch milliseconds of the last line before the first one that is read here */
	constructor(context: FormatContext, tally: Tally, last: number | undefined) {
		this.#context = context;
		this.#tally = tally;
		this.#time = last ?? untimed;
	}

	/** Epoch milliseconds of the last line. */
	get last(): number {
		return this.#time;
	}

	/** @returns epoch milliseconds of the value, where it is an ISO time */
	read(stamp: unknown): number {
		return this.advance(parseStamp(textOf(stamp) ?? '', this.#context.localTime));
	}

	/** @param time epoch milliseconds, where the line tells it */
	advance(time: number | undefined): number {
		if (time === undefined) {
			this.#tally.untimed++;
		} else {
			this.#time = time;
		}
		return this.#time;
	}
}
