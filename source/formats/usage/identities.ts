import {hash as digest} from 'node:crypto';
import {inputTokens, type Usage, writtenTokens} from '../../request.js';
import {boundName} from '../../text/bound-names.js';
import {RecentMap} from '../state/recent-map.js';
import type {Call} from './call.js';

/**
 * So many identities are remembered of one instant, or of a log without times. Beyond, lines that are alike in
 * everything with as many others between them are taken for one.
 */
const remembered = 1000;
/** Characters of a hash by which an identity is remembered. */
const remembers = 12;
/** Ids whose counts are remembered: a response that is told again is told again soon. */
const mostIds = 200;
/** Characters of the longest id that is remembered as it is. */
const longestKey = 64;
/** Different calls under one id that are told apart. */
const mostUnderOne = 8;

/** What is known of the current instant, and of the latest ids, as plain data. */
type IdentitiesState = {
	readonly instant: string;
	readonly occurrences: readonly (readonly [string, number])[];
	readonly counts: readonly (readonly [string, readonly string[]])[];
};

/** The state before the first line; its values show the shape that a saved state must have. */
export const emptyIdentitiesState: IdentitiesState = {instant: '', occurrences: [['', 0]], counts: [['', ['']]]};

/** Gives each call an id that is the same wherever and however often its line is read. */
export class Identities {
	/** How often each identity occurred at the current instant: lines of one instant may be alike and yet distinct. */
	readonly #occurrences: RecentMap<number>;
	/** By the id that the provider gave, the counts of the calls told under it. */
	readonly #counts: RecentMap<readonly string[]>;
	#instant: string;
	/** The first identity of the current instant, while it is the only one: most instants have no other. */
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

	/** A file begins: lines without a time are numbered anew, as they will be when it is read again. */
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

	/** @param stamp the time as it was written, or the empty text */
	identify(call: Call, usage: Usage, stamp: string): string {
		if (call.id !== undefined) {
			return this.#underId(`usage:${boundName(call.id)}`, usage, call.shape);
		}
		const {input, read, write, output} = call.counts;
		if (call.request !== undefined) {
			// A stream that repeats its growing usage differs in time and output alone.
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
	 * Lines under one id that tell the same input, read and written tokens are one call. Others are calls of their own:
	 * gateways give one id to all. A line that tells nothing of the cache, and Gemini's chunks before the last, which
	 * leave it out, agree with any of the same input.
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
