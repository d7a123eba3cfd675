import {createHash} from 'node:crypto';
import type {Conversation} from './conversation.js';

/**
 * Names requests the same in every rendering and copy of a log: by the thread, the instant as it was written and the
 * numbers alone. Requests that are alike in all of these within one instant, one after the other, are numbered.
 */
export class Identities {
	#instant = '';
	/** How often each identity occurred at the current instant. */
	readonly #occurrences = new Map<string, number>();

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
		return `agentpress:${createHash('sha1').update(identity).digest('base64url')}`;
	}
}
