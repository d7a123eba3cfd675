import {hash} from 'node:crypto';
import type {Conversation} from './conversations/conversation.js';
import type {SavedIdentities} from './saved.js';

/** For a log without times, whose lines are all of one instant, the numbers of the last used identities are saved. */
const mostSaved = 500;

/**
 * Gives requests the same name in every rendering and copy of a log: from the thread, the instant as written, and the
 * numbers. Requests that are equal in these are numbered in order.
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

	/**
	 * @param state an open request gets the name that it would have if it ended now, without affecting the numbering
	 */
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
