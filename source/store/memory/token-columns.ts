import type {Usage} from '../../request.js';
import {grown} from './grown.js';

/** Number of token counts per row. */
const counts = 5;

/** The token counts of requests, a row per request. */
export class TokenColumns {
	/** Uncached, read, written for five minutes and for an hour, output. */
	#tokens = new Float64Array(0);

	/** Makes room for this many rows. */
	reserve(rows: number): void {
		this.#tokens = grown(this.#tokens, counts * rows);
	}

	set(row: number, usage: Usage): void {
		const tokens = this.#tokens;
		const at = counts * row;
		tokens[at] = usage.uncached;
		tokens[at + 1] = usage.cacheRead;
		tokens[at + 2] = usage.cacheWrite5m;
		tokens[at + 3] = usage.cacheWrite1h;
		tokens[at + 4] = usage.output;
	}

	/** The usage of a row, with what is kept elsewhere. */
	at(row: number, accuracy: Usage['accuracy'], cacheUnknown: Usage['cacheUnknown']): Usage {
		const tokens = this.#tokens;
		const at = counts * row;
		return {
			uncached: tokens[at] as number,
			cacheRead: tokens[at + 1] as number,
			cacheWrite5m: tokens[at + 2] as number,
			cacheWrite1h: tokens[at + 3] as number,
			output: tokens[at + 4] as number,
			accuracy,
			cacheUnknown,
		};
	}
}
