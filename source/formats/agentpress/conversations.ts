import {type Conversation, newConversation} from './conversation.js';

/** Conversations kept in mind. A worker has at most some hundreds under way; older ones have nothing left to join. */
const most = 5000;

/** Finds the conversation that a line belongs to: by thread and run, by one of them, else by the order of the process. */
export class Conversations {
	readonly #known = new Map<string, Conversation>();
	readonly #keyOfRun = new Map<string, string>();

	all(): Iterable<Conversation> {
		return this.#known.values();
	}

	/**
	 * @param stream the process that wrote the line, where a wrapper tells
	 * @param outcome the line tells the outcome of a call, so where it carries no context it belongs to an open call
	 */
	find(stream: string, thread: string | undefined, run: string | undefined, outcome: boolean): Conversation {
		if (thread === undefined && run === undefined) {
			const own = this.#get(`${stream}||`, undefined, undefined);
			return outcome && !own.call ? (this.#openCall(stream) ?? own) : own;
		}
		// A thread has one run at a time: lines that carry only one of the two belong together.
		if (thread === undefined) {
			return this.#get(this.#keyOfRun.get(`${stream}|${run}`) ?? `${stream}|run ${run}`, undefined, run);
		}
		const key = `${stream}|${thread}`;
		if (run !== undefined) {
			this.#keyOfRun.set(`${stream}|${run}`, key);
		}
		return this.#get(key, thread, run);
	}

	#get(key: string, thread: string | undefined, run: string | undefined): Conversation {
		let conversation = this.#known.get(key);
		if (!conversation) {
			conversation = newConversation(thread, run);
			this.#known.set(key, conversation);
			if (this.#known.size > most) {
				this.#forgetOldest();
			}
		}
		conversation.run = run ?? conversation.run;
		return conversation;
	}

	/** The call that has waited longest, of a process that logs several conversations. */
	#openCall(stream: string): Conversation | undefined {
		let oldest: Conversation | undefined;
		for (const [key, conversation] of this.#known) {
			if (
				key.startsWith(`${stream}|`) &&
				conversation.call &&
				(!oldest?.call || conversation.call.at.time < oldest.call.at.time)
			) {
				oldest = conversation;
			}
		}
		return oldest;
	}

	#forgetOldest(): void {
		for (const [key, conversation] of this.#known) {
			if (!conversation.call && !conversation.group) {
				this.#known.delete(key);
				return;
			}
		}
	}
}
