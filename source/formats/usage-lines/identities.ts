import {createHash} from 'node:crypto';
import {boundName} from '../../text/names.js';
import {RecentMap} from '../recent-map.js';
import type {Call} from './call.js';

/**
 * So many identities are remembered of one instant, or of a log without times. Beyond, lines that are alike in
 * everything with as many others between them are taken for one.
 */
const remembered = 1000;
/** Characters of a hash by which an identity is remembered. */
const remembers = 12;

/** What is known of the current instant, as plain data. */
export type IdentitiesState = {
	readonly instant: string;
	readonly occurrences: readonly (readonly [string, number])[];
};

export const emptyIdentitiesState: IdentitiesState = {instant: '', occurrences: [['', 0]]};

/** Gives each call an id that is the same wherever and however often its line is read. */
export class Identities {
	/** How often each identity occurred at the current instant: lines of one instant may be alike and yet distinct. */
	readonly #occurrences: RecentMap<number>;
	#instant: string;

	constructor(state: IdentitiesState | undefined) {
		this.#occurrences = new RecentMap(remembered, state?.occurrences);
		this.#instant = state?.instant ?? '';
	}

	get state(): IdentitiesState {
		return {instant: this.#instant, occurrences: this.#occurrences.entries()};
	}

	/** A file begins: lines without a time are numbered anew, as they will be when it is read again. */
	restart(): void {
		this.#occurrences.clear();
	}

	/** @param stamp the time as it was written, or the empty text */
	identify(call: Call, stamp: string): string {
		if (call.id !== undefined) {
			return `usage:${boundName(call.id)}`;
		}
		const {input, read, write, output} = call.counts;
		if (call.request !== undefined) {
			// A stream that repeats its growing usage differs in time and output alone.
			return `usage:${hash([call.request, call.model, input, read, write])}`;
		}
		const instant = boundName(stamp) ?? '';
		if (instant !== this.#instant) {
			this.#instant = instant;
			this.#occurrences.clear();
		}
		const parts = [call.thread, stamp, call.within, call.model, input, read, write, output];
		const first = hash(parts);
		const key = first.slice(0, remembers);
		const occurrence = this.#occurrences.get(key) ?? 0;
		this.#occurrences.set(key, occurrence + 1);
		return `usage:${occurrence === 0 ? first : hash([...parts, occurrence])}`;
	}
}

const hash = (parts: readonly unknown[]): string =>
	createHash('sha1')
		.update(parts.map(part => String(part ?? '')).join('|'))
		.digest('base64url');
