import {inputTokens, type Request, type Usage, writtenTokens} from '../../request.js';
import {hashOf} from '../state/hash-of.js';
import {isPlainRequest} from './saved-request.js';

/** A second logger tells a call within so many milliseconds of the first. */
const longestApart = 5000;
/** Calls that are remembered, and saved: those of the last seconds of a busy log. */
const mostRemembered = 30;

/** A call as a line tells it, perhaps again. */
export type Repeat = {
	readonly request: Request;
	/** The line tells an id that only this call has. */
	readonly ownId: boolean;
	/** What the application calls the request that the call is part of; bounded. */
	readonly name: string | undefined;
	/** Which logger tells it in which words. */
	readonly wording: (() => string) | undefined;
};

type KnownCall = {
	request: Request;
	readonly ownId: boolean;
	readonly name: string | undefined;
	/** Those that nobody has asked for are not yet made. */
	wordings: (string | (() => string))[];
};

/** The calls of the last seconds, as plain data. */
export type RepeatedCallsState = readonly unknown[];

/** Whether two usages with the same output may be of one call: all else that both tell is equal. */
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
 * Finds the call that a line tells once more in other words: the raw response and a summary, two loggers. They have the
 * same counts, thread and request, within seconds, and each wording tells a call once, so that a fan-out of equal calls
 * stays what it is.
 */
export class RepeatedCalls {
	/** In the places of a ring; a line is compared with all of them, so what differs mostly lies in columns. */
	readonly #told: KnownCall[] = [];
	/** Of the id of each request, and the tokens that it put out; NaN where these are not known, or there is none yet. */
	readonly #hashes = new Int32Array(mostRemembered);
	readonly #outputs = new Float64Array(mostRemembered).fill(Number.NaN);
	/** The place of the next one, where the oldest is. */
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

	/** The call that was told under this id. */
	withId(id: string): Request | undefined {
		return this.#told[this.#placeOf(id)]?.request;
	}

	/** The call that this line tells again, of several the one that was told first; undefined where it is none. */
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

	/** Remembers a call that no line before told. */
	note({request, ownId, name, wording}: Repeat): void {
		if (wording !== undefined) {
			this.#add({request, ownId, name, wordings: [wording]});
		}
	}

	/** Remembers that a line told a call again. @param request what is known of it by now */
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
		this.#told[place] = told;
		this.#hashes[place] = hashOf(told.request.id);
		this.#outputs[place] = told.request.usage?.output ?? Number.NaN;
		this.#next = (place + 1) % mostRemembered;
	}

	#placeOf(id: string): number {
		const hash = hashOf(id);
		for (let place = 0; place < this.#told.length; place++) {
			if (this.#hashes[place] === hash && this.#told[place]?.request.id === id) {
				return place;
			}
		}
		return -1;
	}
}

/** Whether a call with the same output may be the one that a line tells again. */
const mayBeSame = (told: KnownCall, {request, ownId, name}: Repeat, usage: Usage): boolean => {
	const before = told.request;
	return (
		before.usage !== undefined &&
		Math.abs(before.time - request.time) <= longestApart &&
		agree(before.usage, usage) &&
		!(told.ownId && ownId) &&
		!differ(told.name, name) &&
		!differ(before.agent, request.agent) &&
		(before.thread === request.thread || (name !== undefined && told.name === name))
	);
};

/** The wordings in which a call was told so far, each once. */
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
		typeof told.ownId === 'boolean' &&
		(told.name === undefined || isText(told.name)) &&
		Array.isArray(told.wordings) &&
		told.wordings.every(isText)
	);
};

/** What two lines tell of one call: the usage of the one that knows the cache, else the later's, and all else of either. */
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
