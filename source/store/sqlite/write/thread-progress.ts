import {type Facts, follow, noFacts, type ThreadState} from '../../../metrics/breaks/facts.js';
import {defaultLifetime, writtenFor} from '../../../metrics/breaks/lifetime.js';
import type {Request} from '../../../request.js';

/** Facts of a request alone: of one without a thread, and in place of those that are counted later. */
export const factsAlone = (request: Request): Facts => (request.usage ? follow(undefined, request).facts : noFacts);

/**
 * How far a thread has come, so that one more request, or the latest once more, is counted without those before it.
 * Where that does not do it says so, and the thread has to be counted anew.
 */
export class ThreadProgress {
	readonly id: number;
	/** Facts of requests since this time, those that were given out as well, may be wrong. */
	staleFrom = Number.POSITIVE_INFINITY;
	/** The latest request with usage. */
	#latest: {readonly time: number; readonly row: number} | undefined;
	#state: ThreadState | undefined;
	/** As the latest found it; undefined where that is not known any more. */
	#before: {readonly state: ThreadState | undefined} | undefined;
	/** How long the cache lives that the thread began with, as far as is known. */
	#first: number;

	constructor(id: number, first: number = defaultLifetime) {
		this.id = id;
		this.#first = first;
	}

	get isStale(): boolean {
		return this.staleFrom !== Number.POSITIVE_INFINITY;
	}

	/** Has it counted anew since a time, epoch milliseconds. */
	setStale(from: number): void {
		this.staleFrom = Math.min(this.staleFrom, from);
	}

	/** The facts of a request that is added: to be counted later where the progress is stale afterwards. */
	add(request: Request, row: number): Facts {
		const {usage, time} = request;
		if (!usage) {
			return factsAlone(request);
		}
		if (this.isStale) {
			this.setStale(time);
			return factsAlone(request);
		}
		const latest = this.#latest;
		if (latest && (time < latest.time || (time === latest.time && row < latest.row))) {
			this.setStale(time);
			return factsAlone(request);
		}
		const written = writtenFor(usage);
		if (written !== undefined && !this.#state?.wrote && written !== this.#first) {
			// Those before it were counted with another lifetime.
			if (this.#state) {
				this.setStale(Number.MIN_SAFE_INTEGER);
				return factsAlone(request);
			}
			this.#first = written;
		}
		const {facts, state} = follow(this.#state, request, this.#first);
		this.#before = {state: this.#state};
		this.#state = state;
		this.#latest = {time, row};
		return facts;
	}

	/** Takes a request back, the latest only; another makes it stale. */
	remove({usage, time}: Request, row: number): void {
		if (!usage) {
			return;
		}
		if (this.isStale || this.#latest?.row !== row || !this.#before) {
			this.setStale(time);
			return;
		}
		const {state} = this.#before;
		if (!state) {
			this.#first = defaultLifetime;
		} else if (!state.wrote && this.#first !== defaultLifetime) {
			this.setStale(Number.MIN_SAFE_INTEGER);
		}
		this.#state = state;
		// Of two at one time it is not known any more which came first.
		this.#latest = state && {time: state.latest.time, row: Number.POSITIVE_INFINITY};
		this.#before = undefined;
	}
}
