import type {FormatContext, Tally} from './format.js';
import {asText} from './json-line.js';
import {parseStamp} from './stamp.js';

/** Tells the times of the lines of one log; a line without one gets that of the line before. */
export class LineClock {
	#time: number;

	constructor(
		private readonly context: FormatContext,
		private readonly tally: Tally,
	) {
		this.#time = context.fallbackTime;
	}

	/** @returns epoch milliseconds of the first of the values that is an ISO time */
	read(...stamps: readonly unknown[]): number {
		const time = stamps.map(stamp => parseStamp(asText(stamp) ?? '', this.context.localTime)).find(Number.isFinite);
		if (time === undefined) {
			this.tally.untimed++;
		}
		this.#time = time ?? this.#time;
		return this.#time;
	}
}
