import type {Step} from '../../records/steps.js';
import {RecentMap} from '../../state/recent-map.js';
import type {ThreadEvents} from '../../state/thread-events.js';
import {wasEdited} from './events.js';
import type {LineAnswer} from './line-answer.js';

/** Maximum number of conversations remembered that were compacted and not continued yet. */
const mostRebuilt = 32;

/** The conversations whose context was compacted since their last request. */
export class Rebuilds {
	readonly #lanes: RecentMap<true>;
	readonly #events: ThreadEvents;

	/** @param saved those of an earlier process */
	constructor(events: ThreadEvents, saved: readonly string[] = []) {
		this.#events = events;
		this.#lanes = new RecentMap(
			mostRebuilt,
			saved.map(lane => [lane, true]),
		);
	}

	/** Notes that a conversation was compacted. */
	note(lane: string): void {
		this.#lanes.set(lane, true);
	}

	/** True if the log says that the context was rebuilt, or edited by the provider, before this answer. */
	precede({lane, members, isOwn}: LineAnswer, steps: readonly Step[]): boolean {
		const isRebuilt = this.#lanes.delete(lane);
		// Asked in any case, because the edits of the next answer are compared with those of this one.
		const isEdited = isOwn && wasEdited(this.#events, lane, members);
		return isRebuilt || isEdited || steps.some(({kind}) => kind === 'compaction');
	}

	/** The conversations, oldest first, as the constructor takes them. */
	entries(): string[] {
		return this.#lanes.entries().map(([lane]) => lane);
	}
}
