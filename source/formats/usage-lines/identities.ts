import {createHash} from 'node:crypto';
import type {Call} from './call.js';

/** At least so many ids are remembered, so that a response told twice is counted as one. */
const remembered = 20_000;

/** Gives each call an id that is the same wherever and however often its line is read. */
export class Identities {
	/** How often each identity occurred at the current instant: lines of one instant may be alike and yet distinct. */
	readonly #occurrences = new Map<string, number>();
	#instant = '';
	/** Two generations: forgetting the older one whole costs nothing for each id. */
	#seen = new Set<string>();
	#seenBefore = new Set<string>();

	/** A file begins: lines without a time are numbered anew, as they will be when it is read again. */
	restart(): void {
		this.#occurrences.clear();
	}

	/** @param instant the time as it was written, or the empty text */
	identify(call: Call, instant: string): string {
		if (call.id !== undefined) {
			return `usage:${call.id}`;
		}
		const {input, read, write, output} = call.counts;
		if (call.request !== undefined) {
			// A stream that repeats its growing usage differs in time and output alone.
			return hash([call.request, call.model, input, read, write]);
		}
		if (instant !== this.#instant || this.#occurrences.size >= remembered) {
			this.#instant = instant;
			this.#occurrences.clear();
		}
		const parts = [call.thread, instant, call.within, call.model, input, read, write, output];
		const id = hash(parts);
		const occurrence = this.#occurrences.get(id) ?? 0;
		this.#occurrences.set(id, occurrence + 1);
		return occurrence === 0 ? id : hash([...parts, occurrence]);
	}

	/** Whether this id came before; remembers it. */
	isRepeated(id: string): boolean {
		if (this.#seen.has(id) || this.#seenBefore.has(id)) {
			return true;
		}
		if (this.#seen.size >= remembered) {
			this.#seenBefore = this.#seen;
			this.#seen = new Set();
		}
		this.#seen.add(id);
		return false;
	}
}

const hash = (parts: readonly unknown[]): string =>
	`usage:${createHash('sha1')
		.update(parts.map(part => String(part ?? '')).join('|'))
		.digest('base64url')}`;
