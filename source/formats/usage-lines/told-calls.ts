import type {FormatContext, Tally} from '../format.js';
import {LineClock} from '../line-clock.js';
import {RecentMap} from '../recent-map.js';
import {type Counts, settle} from './counts.js';

/** A call as one line of a log tells it, whatever the line's format. */
export type ToldCall = {
	readonly thread: string | undefined;
	readonly project: string | undefined;
	readonly model: string | undefined;
	readonly counts: Counts;
};

/** What is known of the calls so far, as plain data. */
export type ToldCallsState = {readonly time: number; readonly seen: readonly string[]};

export const emptyToldCallsState: ToldCallsState = {time: 0, seen: ['']};

/**
 * So many ids are remembered at a time, so that a response told twice is counted as one: further apart it is one
 * request all the same, and only the tally has it twice.
 */
const mostSeen = 100;

/** Hands on the calls that lines tell whole, each as a request; a line without a time has that of the line before. */
export class ToldCalls {
	readonly #context: FormatContext;
	readonly #tally: Tally;
	readonly #clock: LineClock;
	readonly #seen: RecentMap<true>;

	constructor(context: FormatContext, tally: Tally, state: ToldCallsState | undefined) {
		this.#context = context;
		this.#tally = tally;
		this.#clock = new LineClock(context, tally, state?.time);
		this.#seen = new RecentMap(
			mostSeen,
			state?.seen.map(id => [id, true]),
		);
	}

	get state(): ToldCallsState {
		return {time: this.#clock.last, seen: this.#seen.entries().map(([id]) => id)};
	}

	/** @param time epoch milliseconds, where the line or what is around it tells it */
	tell({thread, project, model, counts}: ToldCall, id: string, time: number | undefined): void {
		const now = this.#clock.advance(time);
		if (this.#seen.get(id)) {
			this.#tally.repeats++;
		} else {
			this.#tally.outcomes++;
		}
		this.#seen.set(id, true);
		this.#context.onRequest({
			id,
			time: now,
			thread,
			project,
			source: this.#context.source,
			host: undefined,
			model,
			plan: undefined,
			usage: settle(counts, {model, time: now, promptTokens: this.#context.promptTokens}),
			missReason: undefined,
			rebuilt: false,
		});
	}
}
