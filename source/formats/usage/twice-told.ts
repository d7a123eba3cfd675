import {inputTokens, type Request, type Usage, writtenTokens} from '../../request.js';
import {RecentMap} from '../state/recent-map.js';
import {isPlainRequest} from './saved-request.js';

/** A second logger tells a call within so many milliseconds of the first. */
const longestApart = 5000;
/** Calls that are remembered, and saved: those of the last seconds of a busy log. */
const mostRemembered = 30;

/** A call as a line tells it, perhaps again. */
export type Retelling = {
	readonly request: Request;
	/** The line tells an id that only this call has. */
	readonly ownId: boolean;
	/** What the application calls the request that the call is part of; bounded. */
	readonly name: string | undefined;
	/** Which logger tells it in which words. */
	readonly wording: (() => string) | undefined;
};

type Told = {
	request: Request;
	readonly ownId: boolean;
	readonly name: string | undefined;
	/** Those that nobody has asked for are not yet made. */
	wordings: (string | (() => string))[];
};

/** The calls of the last seconds, as plain data. */
export type TwiceToldState = readonly unknown[];

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
export class TwiceTold {
	/** By the id of the request, the one that was told first at the beginning: every line is compared with all of them. */
	readonly #told = new RecentMap<Told>(mostRemembered);

	constructor(state: TwiceToldState = []) {
		for (const told of state.filter(isTold)) {
			this.#told.set(told.request.id, {...told, wordings: [...told.wordings]});
		}
	}

	get state(): TwiceToldState {
		return this.#told.entries().map(([, told]) => ({...told, wordings: wordingsOf(told)}));
	}

	/** The call that was told under this id. */
	withId(id: string): Request | undefined {
		return this.#told.get(id)?.request;
	}

	/** The call that this line tells again; undefined where it is the first to tell it. */
	find({request, ownId, name, wording}: Retelling): Request | undefined {
		const {usage} = request;
		if (wording === undefined || !usage || inputTokens(usage) + usage.output === 0) {
			return undefined;
		}
		let words: string | undefined;
		return this.#told.find(told => {
			const before = told.request;
			if (
				before.usage?.output !== usage.output ||
				Math.abs(before.time - request.time) > longestApart ||
				!agree(before.usage, usage) ||
				(told.ownId && ownId) ||
				differ(told.name, name) ||
				differ(before.agent, request.agent) ||
				(before.thread !== request.thread && (name === undefined || told.name !== name))
			) {
				return false;
			}
			words ??= wording();
			return !wordingsOf(told).includes(words);
		})?.request;
	}

	/** Remembers that a line told a call. @param request what is known of it by now */
	note({ownId, name, wording}: Retelling, request: Request): void {
		if (wording === undefined) {
			return;
		}
		const known = this.#told.get(request.id);
		if (known) {
			known.request = request;
			known.wordings.push(wording);
			return;
		}
		this.#told.set(request.id, {request, ownId, name, wordings: [wording]});
	}
}

/** The wordings in which a call was told so far, each once. */
const wordingsOf = (told: Told): readonly string[] => {
	const words = [...new Set(told.wordings.map(wording => (typeof wording === 'string' ? wording : wording())))];
	told.wordings = words;
	return words;
};

const isText = (value: unknown): boolean => typeof value === 'string';

const isTold = (value: unknown): value is Told => {
	const told = value as Partial<Told> | null;
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
