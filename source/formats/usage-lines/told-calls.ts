import type {FormatContext, Tally} from '../format.js';
import {type Counts, settle} from './counts.js';
import type {Identities} from './identities.js';

/** A call as one line of a log tells it, whatever the line's format. */
export type ToldCall = {
	readonly thread: string | undefined;
	readonly project: string | undefined;
	readonly model: string | undefined;
	readonly counts: Counts;
};

/** Hands on the calls that lines tell whole, each as a request; a line without a time has that of the line before. */
export class ToldCalls {
	readonly #context: FormatContext;
	readonly #tally: Tally;
	readonly #identities: Identities;
	#time: number;

	constructor(context: FormatContext, tally: Tally, identities: Identities) {
		this.#context = context;
		this.#tally = tally;
		this.#identities = identities;
		this.#time = context.fallbackTime;
	}

	/** @param time epoch milliseconds, where the line or what is around it tells it */
	tell({thread, project, model, counts}: ToldCall, id: string, time: number | undefined): void {
		if (time === undefined) {
			this.#tally.untimed++;
		} else {
			this.#time = time;
		}
		if (this.#identities.isRepeated(id)) {
			this.#tally.repeats++;
		} else {
			this.#tally.outcomes++;
		}
		this.#context.onRequest({
			id,
			time: this.#time,
			thread,
			project,
			source: this.#context.source,
			host: undefined,
			model,
			plan: undefined,
			usage: settle(counts, {model, time: this.#time, promptTokens: this.#context.promptTokens}),
			missReason: undefined,
			rebuilt: false,
		});
	}
}
