import {inputTokens, type Request, type Usage, writtenTokens} from '../../request.js';
import {hashOf} from '../state/hash-of.js';
import {isPlainRequest} from './saved-request.js';

/** Maximum milliseconds between two reports of a call by different loggers. */
const longestApart = 5000;
/** Maximum number of calls remembered and saved: those of the last seconds of a busy log. */
const mostRemembered = 30;
/** Low bits of a hash by which most ids are known to be new. */
const lowBits = 255;

/** A call reported by a line, perhaps not for the first time. */
export type Repeat = {
	readonly request: Request;
	/** The id that is unique to the call, if the line has one; of limited length. */
	readonly ownId: string | undefined;
	/** The application's name for the request that the call is part of, of limited length. */
	readonly name: string | undefined;
	/** Identifies the logger and its wording. */
	readonly wording: (() => string) | undefined;
};

type KnownCall = {
	request: Request;
	readonly ownId: string | undefined;
	readonly name: string | undefined;
	/** Computed on first use. */
	wordings: (string | (() => string))[];
};

/** The calls of the last seconds, as plain data. */
export type RepeatedCallsState = readonly unknown[];

/** True if two usages with the same output may be of one call: everything that both report is equal. */
const agree = (one: Usage, other: Usage): boolean => {
	const inputAlone = one.cacheUnknown || other.cacheUnknown;
	return (
		inputTokens(one) === inputTokens(other) &&
		(inputAlone || (one.cacheRead === other.cacheRead && writtenTokens(one) === writtenTokens(other)))
	);
};

const differ = (one: string | undefined, other: string | undefined): boolean =>
	one !== undefined && other !== undefined && one !== other;

/**
 * Finds calls that a line repeats in another wording, such as a raw response and a summary, or two loggers. Both have
 * the same counts, thread and request, within seconds. Each wording reports a call once, so that equal calls sent in
 * parallel remain separate.
 */
export class RepeatedCalls {
	/**
	 * A ring buffer. A line is compared with all entries, so the values that usually differ are in separate columns.
	 */
	readonly #told: KnownCall[] = [];
	/** Hashes of the requests' ids, and their output tokens; NaN if unknown, or if the entry is empty. */
	readonly #hashes = new Int32Array(mostRemembered);
	readonly #outputs = new Float64Array(mostRemembered).fill(Number.NaN);
	/** Number of entries by the low bits of their hash. */
	readonly #entries = new Uint8Array(lowBits + 1);
	/** Index of the next entry, where the oldest is. */
	#next = 0;

	constructor(state: RepeatedCallsState = []) {
		for (const told of state.filter(isTold)) {
			this.#add({...told, wordings: [...told.wordings]});
		}
	}

	get state(): RepeatedCallsState {
		return [...this.#told.slice(this.#next), ...this.#told.slice(0, this.#next)].map(told => ({
			...told,
			wordings: wordingsOf(told),
		}));
	}

	/** The call with this id. */
	withId(id: string): Request | undefined {
		return this.#told[this.#placeOf(id)]?.request;
	}

	/** The first call that this line repeats; undefined if it repeats none. */
	find(again: Repeat): Request | undefined {
		const {usage} = again.request;
		if (again.wording === undefined || !usage || inputTokens(usage) + usage.output === 0) {
			return undefined;
		}
		let words: string | undefined;
		for (let age = mostRemembered; age > 0; age--) {
			const place = this.#next >= age ? this.#next - age : this.#next - age + mostRemembered;
			if (this.#outputs[place] === usage.output) {
				const told = this.#told[place] as KnownCall;
				words = mayBeSame(told, again, usage) ? (words ?? again.wording()) : undefined;
				if (words !== undefined && !wordingsOf(told).includes(words)) {
					return told.request;
				}
			}
		}
		return undefined;
	}

	/** Remembers a call that no earlier line reported. */
	note({request, ownId, name, wording}: Repeat): void {
		if (wording !== undefined) {
			this.#add({request, ownId, name, wordings: [wording]});
		}
	}

	/** Remembers that a line repeated a call. @param request the call with all information so far */
	noteAgain({wording}: Repeat, request: Request): void {
		const place = this.#placeOf(request.id);
		const known = this.#told[place];
		if (wording !== undefined && known) {
			known.request = request;
			known.wordings.push(wording);
			this.#outputs[place] = request.usage?.output ?? Number.NaN;
		}
	}

	#add(told: KnownCall): void {
		const place = this.#next;
		const hash = hashOf(told.request.id);
		if (this.#told[place]) {
			(this.#entries[(this.#hashes[place] as number) & lowBits] as number)--;
		}
		(this.#entries[hash & lowBits] as number)++;
		this.#told[place] = told;
		this.#hashes[place] = hash;
		this.#outputs[place] = told.request.usage?.output ?? Number.NaN;
		this.#next = (place + 1) % mostRemembered;
	}

	#placeOf(id: string): number {
		const hash = hashOf(id);
		if (this.#entries[hash & lowBits] === 0) {
			return -1;
		}
		for (let place = 0; place < this.#told.length; place++) {
			if (this.#hashes[place] === hash && this.#told[place]?.request.id === id) {
				return place;
			}
		}
		return -1;
	}
}

/** True if a call with the same output may be the one that a line repeats. */
const mayBeSame = (told: KnownCall, {request, ownId, name}: Repeat, usage: Usage): boolean => {
	const before = told.request;
	return (
		before.usage !== undefined &&
		Math.abs(before.time - request.time) <= longestApart &&
		agree(before.usage, usage) &&
		!differ(before.agent, request.agent) &&
		(told.ownId === undefined || ownId === undefined
			? !differ(told.name, name) &&
				(!differ(before.thread, request.thread) || (name !== undefined && told.name === name))
			: told.ownId === ownId)
	);
};

/** The wordings in which a call was reported so far, each once. */
const wordingsOf = (told: KnownCall): readonly string[] => {
	const words = [...new Set(told.wordings.map(wording => (typeof wording === 'string' ? wording : wording())))];
	told.wordings = words;
	return words;
};

const isText = (value: unknown): boolean => typeof value === 'string';

const isTold = (value: unknown): value is KnownCall => {
	const told = value as Partial<KnownCall> | null;
	return (
		typeof told === 'object' &&
		told !== null &&
		isPlainRequest(told.request) &&
		(told.ownId === undefined || isText(told.ownId)) &&
		(told.name === undefined || isText(told.name)) &&
		Array.isArray(told.wordings) &&
		told.wordings.every(isText)
	);
};

/**
 * Merges two reports of a call: the usage of the one that reports the cache, or else of the later one, and everything
 * else from either.
 */
export const merged = (known: Request, again: Request): Request => {
	const usage = again.usage?.cacheUnknown && !known.usage?.cacheUnknown ? known.usage : (again.usage ?? known.usage);
	const output = Math.max(known.usage?.output ?? 0, again.usage?.output ?? 0);
	const isSame = known.id === again.id;
	return {
		...withoutUndefined(again),
		...withoutUndefined(known),
		time: isSame ? again.time : known.time,
		usage: usage && {...usage, output},
		plan: undefined,
		missReason: undefined,
	} as Request;
};

const withoutUndefined = (request: Request): Partial<Request> =>
	Object.fromEntries(Object.entries(request).filter(([, value]) => value !== undefined));
