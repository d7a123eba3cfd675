import {untimed} from '../../request.js';
import {parseStamp} from '../../time/stamp.js';
import type {FormatContext, Tally} from '../format.js';
import {textOf} from '../json/json-values.js';

/** Determines the times of a log's lines. A line without a time gets that of the line before, or is `untimed`. */
export class LineClock {
	readonly #context: FormatContext;
	readonly #tally: Tally;
	#time: number;

	/** @param last time of the line before the first one read here, in epoch milliseconds */
	constructor(context: FormatContext, tally: Tally, last: number | undefined) {
		this.#context = context;
		this.#tally = tally;
		this.#time = last ?? untimed;
	}

	/** Time of the last line, in epoch milliseconds. */
	get last(): number {
		return this.#time;
	}

	/** @returns the time of the line in epoch milliseconds, from the value if it is an ISO time */
	read(stamp: unknown): number {
		return this.advance(parseStamp(textOf(stamp) ?? '', this.#context.localTime));
	}

	/** @param time the line's own time in epoch milliseconds, if it has one */
	advance(time: number | undefined): number {
		if (time === undefined) {
			this.#tally.untimed++;
		} else {
			this.#time = time;
		}
		return this.#time;
	}
}
