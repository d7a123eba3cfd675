import {hash as digest} from 'node:crypto';
import {inputTokens, type Usage, writtenTokens} from '../../request.js';
import {boundName} from '../../text/bound-names.js';
import {RecentMap} from '../state/recent-map.js';
import type {Call} from './call.js';

/**
 * Maximum number of identities remembered for an instant, or for a log without times. Beyond that, identical lines this
 * far apart are taken for repeats.
 */
const remembered = 1000;
/** Length of the hash by which an identity is remembered. */
const remembers = 12;
/** Maximum number of ids whose counts are remembered: responses are repeated soon or never. */
const mostIds = 200;
/** Longer ids are remembered by their hash. */
const longestKey = 64;
/** Maximum number of different calls with the same id that are distinguished. */
const mostUnderOne = 8;

/** The state of the current instant and of the latest ids, as plain data. */
type IdentitiesState = {
	readonly instant: string;
	readonly occurrences: readonly (readonly [string, number])[];
	readonly counts: readonly (readonly [string, readonly string[]])[];
};

/** The state before the first line; its values show the shape that a saved state must have. */
export const emptyIdentitiesState: IdentitiesState = {instant: '', occurrences: [['', 0]], counts: [['', ['']]]};

/** Gives each call an id that is the same however often and wherever its line is read. */
export class Identities {
	/** How often each identity occurred at the current instant, where identical lines may still be different calls. */
	readonly #occurrences: RecentMap<number>;
	/** By the provider's id, the counts of the calls reported with it. */
	readonly #counts: RecentMap<readonly string[]>;
	#instant: string;
	/** The first identity of the current instant while there is no other, as in most cases. */
	#only: string | undefined;

	constructor(state: IdentitiesState | undefined) {
		this.#occurrences = new RecentMap(remembered, state?.occurrences);
		this.#counts = new RecentMap(mostIds, state?.counts);
		this.#instant = state?.instant ?? '';
	}

	get state(): IdentitiesState {
		this.#keepOnly();
		return {instant: this.#instant, occurrences: this.#occurrences.entries(), counts: this.#counts.entries()};
	}

	/**
	 * To be called at the beginning of a file: restarts the numbering of lines without a time, so that reading it again
	 * gives the same ids.
	 */
	restart(): void {
		this.#only = undefined;
		this.#occurrences.clear();
	}

	#keepOnly(): void {
		if (this.#only !== undefined) {
			this.#occurrences.set(this.#only.slice(0, remembers), 1);
			this.#only = undefined;
		}
	}

	/** @param stamp the time as written, or an empty text */
	identify(call: Call, usage: Usage, stamp: string): string {
		if (call.id !== undefined) {
			return this.#underId(`usage:${boundName(call.id)}`, usage, call.shape);
		}
		const {input, read, write, output} = call.counts;
		if (call.request !== undefined) {
			// Repeats of a usage that grows during a stream differ only in time and output.
			return `usage:${hash(`${call.request}|${call.model ?? ''}|${input ?? ''}|${read ?? ''}|${write ?? ''}`)}`;
		}
		const instant = boundName(stamp) ?? '';
		const names = `${call.thread ?? ''}|${stamp}|${call.within}|${call.model ?? ''}`;
		const text = `${names}|${input ?? ''}|${read ?? ''}|${write ?? ''}|${output ?? ''}`;
		const first = hash(text);
		if (instant !== this.#instant) {
			this.restart();
			this.#instant = instant;
			this.#only = first;
			return `usage:${first}`;
		}
		this.#keepOnly();
		const key = first.slice(0, remembers);
		const occurrence = this.#occurrences.get(key) ?? 0;
		this.#occurrences.set(key, occurrence + 1);
		return `usage:${occurrence === 0 ? first : hash(`${text}|${occurrence}`)}`;
	}

	/**
	 * Lines with the same id that report the same input, read and written tokens are one call. Others are separate
	 * calls, because some gateways use one id for all. A line without cache counts, such as Gemini's chunks before the
	 * last, matches any with the same input.
	 */
	#underId(id: string, usage: Usage, shape: string): string {
		const input = inputTokens(usage);
		const leavesOut = usage.cacheUnknown || (shape === 'Gemini' && usage.cacheRead === 0);
		const counts = leavesOut ? String(input) : `${input} ${usage.cacheRead} ${writtenTokens(usage)}`;
		const key = id.length <= longestKey ? id : hash(id).slice(0, remembers);
		const known = this.#counts.get(key);
		if (known === undefined) {
			this.#counts.set(key, [counts]);
			return id;
		}
		const agreed = known.findIndex(
			other =>
				other === counts || (leavesOut ? other.startsWith(`${input} `) : shape === 'Gemini' && other === String(input)),
		);
		if (agreed >= 0) {
			this.#counts.set(key, known);
			return agreed === 0 ? id : `${id}:${hash(known[agreed] as string).slice(0, remembers)}`;
		}
		this.#counts.set(key, [...known, counts].slice(-mostUnderOne));
		return `${id}:${hash(counts).slice(0, remembers)}`;
	}
}

const hash = (text: string): string => digest('sha1', text, 'base64url');
