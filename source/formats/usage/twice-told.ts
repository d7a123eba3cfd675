import {inputTokens, type Request, type Usage, writtenTokens} from '../../request.js';
import type {ToldCall} from './told-calls.js';

/** A second logger tells a call within so many milliseconds of the first. */
const longestApart = 5000;
/** Calls that are remembered: those of the last seconds of a busy log. */
const mostRemembered = 200;
/** Of these, so many are saved. */
const mostSaved = 20;

type Told = {
	request: Request;
	readonly ownId: boolean;
	readonly name: string | undefined;
	readonly wordings: string[];
};

/** The calls of the last seconds, as plain data. */
export type TwiceToldState = readonly unknown[];

const countsOf = (usage: Usage): string =>
	[inputTokens(usage), ...(usage.cacheUnknown ? [] : [usage.cacheRead, writtenTokens(usage)])].join(' ');

/** Whether two usages may be of one call: all that both tell is equal. */
const agree = (one: Usage, other: Usage): boolean => {
	const [first, second] = [countsOf(one), countsOf(other)];
	const inputAlone = one.cacheUnknown || other.cacheUnknown;
	return one.output === other.output && (inputAlone ? inputTokens(one) === inputTokens(other) : first === second);
};

const differ = (one: string | undefined, other: string | undefined): boolean =>
	one !== undefined && other !== undefined && one !== other;

/**
 * Finds the call that a line tells once more in other words: the raw response and a summary, two loggers. They have the
 * same counts, thread and request, within seconds, and each wording tells a call once, so that a fan-out of equal calls
 * stays what it is.
 */
export class TwiceTold {
	readonly #told: Told[];

	constructor(state: TwiceToldState = []) {
		this.#told = state.filter(isTold).map(told => ({...told, wordings: [...told.wordings]}));
	}

	get state(): TwiceToldState {
		return this.#told.slice(-mostSaved);
	}

	/** The call that was told under this id. */
	withId(id: string): Request | undefined {
		return this.#told.find(({request}) => request.id === id)?.request;
	}

	/** The call that this line tells again; undefined where it is the first to tell it. */
	find(request: Request, {wording, ownId = false, request: name}: ToldCall): Request | undefined {
		const {usage} = request;
		if (wording === undefined || !usage || inputTokens(usage) + usage.output === 0) {
			return undefined;
		}
		const found = this.#told.find(
			told =>
				!told.wordings.includes(wording) &&
				!(told.ownId && ownId) &&
				!differ(told.name, name) &&
				(told.request.thread === request.thread || (name !== undefined && told.name === name)) &&
				Math.abs(told.request.time - request.time) <= longestApart &&
				told.request.usage !== undefined &&
				agree(told.request.usage, usage),
		);
		return found?.request;
	}

	/** Remembers that a line told a call. */
	note(request: Request, {wording, ownId = false, request: name}: ToldCall): void {
		if (wording === undefined) {
			return;
		}
		const known = this.#told.find(told => told.request.id === request.id);
		if (known) {
			known.request = request;
			known.wordings.push(...(known.wordings.includes(wording) ? [] : [wording]));
			return;
		}
		this.#told.push({request, ownId, name, wordings: [wording]});
		while (
			this.#told.length > mostRemembered ||
			(this.#told[0] !== undefined && this.#told[0].request.time < request.time - longestApart && this.#told.length > mostSaved)
		) {
			this.#told.shift();
		}
	}
}

const isTold = (value: unknown): value is Told => {
	const told = value as Partial<Told> | null;
	return (
		typeof told === 'object' &&
		told !== null &&
		typeof told.request?.id === 'string' &&
		Number.isFinite(told.request.time) &&
		Array.isArray(told.wordings) &&
		told.wordings.every(wording => typeof wording === 'string')
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
