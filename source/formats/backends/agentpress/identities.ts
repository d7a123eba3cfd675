import {hash} from 'node:crypto';
import type {Conversation} from './conversations/conversation.js';
import type {SavedIdentities} from './saved.js';

/** Of a log without times, whose lines are all of one instant, the numbers of the identities used last are saved. */
const mostSaved = 500;

/**
 * Names requests the same in every rendering and copy of a log: by the thread, the instant as it was written and the
 * numbers alone. Requests that are alike in all of these within one instant, one after the other, are numbered.
 */
export class Identities {
	#instant = '';
	/** How often each identity occurred at the current instant. */
	readonly #occurrences: Map<string, number>;

	constructor(saved?: SavedIdentities) {
		this.#instant = saved?.instant ?? '';
		this.#occurrences = new Map(saved?.occurrences);
	}

	save(): SavedIdentities {
		return {instant: this.#instant, occurrences: [...this.#occurrences].slice(-mostSaved)};
	}

	/** @param state an open request is named as it would be if it ended now, and leaves the numbering alone */
	name(
		{thread, run}: Conversation,
		instant: string,
		parts: readonly unknown[],
		state: 'open' | 'ended' = 'ended',
	): string {
		if (instant !== this.#instant && state === 'ended') {
			this.#instant = instant;
			this.#occurrences.clear();
		}
		const text = [thread ?? run ?? '', instant, ...parts].join('|');
		const occurrence = (instant === this.#instant ? this.#occurrences.get(text) : undefined) ?? 0;
		if (state === 'ended') {
			this.#occurrences.set(text, occurrence + 1);
		}
		const identity = occurrence === 0 ? text : `${text}#${occurrence}`;
		return `agentpress:${hash('sha1', identity, 'base64url')}`;
	}
}
