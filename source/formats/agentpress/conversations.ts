import {type Conversation, newConversation} from './conversation.js';

/** Conversations kept in mind; far more than a worker has under way. */
const most = 20_000;

type Known = {readonly conversation: Conversation; readonly runKeys: Set<string>};

/** Finds the conversation that a line belongs to: by thread and run, by one of them, else by the order of the process. */
export class Conversations {
	/** By key, the one used last at the end. */
	readonly #known = new Map<string, Known>();
	readonly #keyOfRun = new Map<string, string>();
	/** The key used last. */
	#latest = '';
	readonly #onForget: (conversation: Conversation) => void;

	/** @param onForget called with the conversation that was used longest ago when there are too many */
	constructor(onForget: (conversation: Conversation) => void) {
		this.#onForget = onForget;
	}

	*all(): Iterable<Conversation> {
		for (const {conversation} of this.#known.values()) {
			yield conversation;
		}
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
		const runKey = run === undefined ? undefined : `${stream}|run ${run}`;
		// A thread has one run at a time: lines that carry only one of the two belong together.
		if (thread === undefined) {
			return this.#get(this.#keyOfRun.get(runKey as string) ?? (runKey as string), undefined, run);
		}
		const key = `${stream}|${thread}`;
		if (runKey !== undefined && this.#keyOfRun.get(runKey) !== key) {
			this.#adopt(runKey, key, thread);
		}
		return this.#get(key, thread, run);
	}

	/** A run turns out to be of a thread: what was known of the run alone becomes the thread's. */
	#adopt(runKey: string, key: string, thread: string): void {
		const alone = this.#known.get(runKey);
		if (alone && !this.#known.has(key)) {
			this.#known.delete(runKey);
			this.#latest = '';
			alone.conversation.thread = thread;
			this.#known.set(key, alone);
		}
		this.#keyOfRun.set(runKey, key);
	}

	#get(key: string, thread: string | undefined, run: string | undefined): Conversation {
		const known = this.#known.get(key) ?? {
			conversation: newConversation(thread, undefined),
			runKeys: new Set<string>(),
		};
		if (key !== this.#latest) {
			this.#known.delete(key);
			this.#known.set(key, known);
			this.#latest = key;
		}
		if (run !== undefined && known.conversation.run !== run) {
			known.runKeys.add(`${key.slice(0, key.indexOf('|'))}|run ${run}`);
			known.conversation.run = run;
		}
		if (this.#known.size > most) {
			this.#forgetOldest();
		}
		return known.conversation;
	}

	/** The call that has waited longest, of a process that logs several conversations. */
	#openCall(stream: string): Conversation | undefined {
		let oldest: Conversation | undefined;
		for (const [key, {conversation}] of this.#known) {
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
		for (const [key, {conversation, runKeys}] of this.#known) {
			this.#known.delete(key);
			for (const runKey of runKeys) {
				this.#keyOfRun.delete(runKey);
			}
			this.#onForget(conversation);
			return;
		}
	}
}
