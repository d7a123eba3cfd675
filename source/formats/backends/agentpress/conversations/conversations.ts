import type {SavedConversation} from '../saved.js';
import {type Conversation, newConversation, plainConversation} from './conversation.js';
import {Recency} from './recency.js';

/** Number of conversations kept; beyond that only those of the last hour, up to far more than run concurrently. */
const fewest = 200;
const longestIdle = 3_600_000;
const most = 20_000;

/** The most recently used ones are saved, and of a larger number only those with something open. */
const mostSaved = 500;

/** Milliseconds after which no repeat of an outcome is expected, so that it need not be saved. */
const longestRepeated = 600_000;

/** Lines of a thread may name only the run; earlier runs than these are not expected any more. */
const mostRuns = 4;

type Known = {
	/** Its key in the map. */
	key: string;
	readonly conversation: Conversation;
	/** The keys of its runs, latest last. */
	readonly runKeys: Set<string>;
	/** Time of its last line in epoch milliseconds. */
	used: number;
	/** Neighbours in order of last use. */
	earlier: Known | undefined;
	later: Known | undefined;
};

const newKnown = (key: string, conversation: Conversation, used: number): Known => ({
	key,
	conversation,
	runKeys: new Set(),
	used,
	earlier: undefined,
	later: undefined,
});

/** Finds the conversation of a line: by thread and run, by one of them, else by the order of the process's lines. */
export class Conversations {
	readonly #known = new Map<string, Known>();
	readonly #recency = new Recency<Known>();
	readonly #keyOfRun = new Map<string, string>();
	/** By thread only, for lines without a wrapper: nearly all lines of nearly all logs. */
	readonly #ofThread = new Map<string, Known>();
	readonly #onForget: (conversation: Conversation) => void;

	/** @param onForget called with a conversation from which nothing more is expected */
	constructor(onForget: (conversation: Conversation) => void, saved: readonly SavedConversation[] = []) {
		this.#onForget = onForget;
		for (const {key, used, runKeys, conversation} of saved) {
			const known = newKnown(key, {...newConversation(undefined, undefined), ...conversation}, used);
			this.#known.set(key, known);
			this.#touch(known, used);
			for (const runKey of runKeys) {
				known.runKeys.add(runKey);
				this.#keyOfRun.set(runKey, key);
			}
		}
	}

	*all(): Iterable<Conversation> {
		for (const {conversation} of this.#recency) {
			yield conversation;
		}
	}

	/** @param isOpen true for conversations to be saved in addition to the latest few */
	save(isOpen: (conversation: Conversation) => boolean): readonly SavedConversation[] {
		const known = [...this.#recency];
		const now = this.#recency.latest?.used ?? 0;
		return known
			.filter(({conversation}, index) => index >= known.length - fewest || isOpen(conversation))
			.slice(-mostSaved)
			.map(({key, conversation, runKeys, used}) => {
				const outcome = used < now - longestRepeated ? undefined : conversation.outcome;
				return {
					key,
					used,
					runKeys: [...runKeys].filter(runKey => this.#keyOfRun.get(runKey) === key),
					conversation: plainConversation({...conversation, outcome}),
				};
			});
	}

	/**
	 * @param stream the process that wrote the line, if a wrapper names it
	 * @param outcome true for the outcome of a call, which without a context belongs to an open call
	 * @param time of the line, in epoch milliseconds
	 */
	find(
		stream: string,
		thread: string | undefined,
		run: string | undefined,
		outcome: boolean,
		time: number,
	): Conversation {
		const familiar = thread !== undefined && stream === '' ? this.#ofThread.get(thread) : undefined;
		if (familiar !== undefined && (run === undefined || run === familiar.conversation.run)) {
			this.#touch(familiar, time);
			return familiar.conversation;
		}
		const known = this.#find(stream, thread, run, time);
		if (thread === undefined && run === undefined) {
			const own = known.conversation;
			return outcome && !own.call ? (this.#openCall(stream) ?? own) : own;
		}
		if (thread !== undefined && stream === '') {
			this.#ofThread.set(thread, known);
		}
		return known.conversation;
	}

	#find(stream: string, thread: string | undefined, run: string | undefined, time: number): Known {
		const runKey = run === undefined ? undefined : `${stream}|run ${run}`;
		if (thread === undefined) {
			// A thread has one run at a time, so lines that name only one of the two belong together.
			const key = runKey === undefined ? `${stream}||` : (this.#keyOfRun.get(runKey) ?? runKey);
			return this.#get(key, undefined, run, runKey, time);
		}
		const key = `${stream}|${thread}`;
		if (runKey !== undefined && this.#keyOfRun.get(runKey) !== key) {
			this.#adopt(runKey, key, thread);
		}
		return this.#get(key, thread, run, runKey, time);
	}

	/** Assigns a run to a thread, which takes over what was known of the run. */
	#adopt(runKey: string, key: string, thread: string): void {
		const alone = this.#known.get(runKey);
		if (alone && !this.#known.has(key)) {
			this.#known.delete(runKey);
			alone.conversation.thread = thread;
			alone.key = key;
			this.#known.set(key, alone);
			this.#recency.use(alone);
		}
		if (this.#keyOfRun.has(runKey)) {
			// Another thread had the run until now, and must get here again to take it back.
			this.#ofThread.clear();
		}
		this.#keyOfRun.set(runKey, key);
	}

	#get(
		key: string,
		thread: string | undefined,
		run: string | undefined,
		runKey: string | undefined,
		time: number,
	): Known {
		const found = this.#known.get(key);
		const known = found ?? newKnown(key, newConversation(thread, undefined), time);
		this.#touch(known, time);
		if (runKey !== undefined && known.conversation.run !== run) {
			known.conversation.run = run;
			this.#noteRun(known, runKey);
		}
		if (!found) {
			this.#known.set(key, known);
			this.#forgetIdle(time);
		}
		return known;
	}

	/** Marks a conversation as used last. */
	#touch(known: Known, time: number): void {
		known.used = time;
		this.#recency.use(known);
	}

	#noteRun({runKeys}: Known, runKey: string): void {
		runKeys.delete(runKey);
		runKeys.add(runKey);
		if (runKeys.size > mostRuns) {
			const oldest = runKeys.values().next().value as string;
			runKeys.delete(oldest);
			this.#keyOfRun.delete(oldest);
		}
	}

	/** The call that has waited longest, in a process with several conversations. */
	#openCall(stream: string): Conversation | undefined {
		let oldest: Conversation | undefined;
		for (const {key, conversation} of this.#recency) {
			if (
				conversation.call &&
				key.startsWith(`${stream}|`) &&
				(!oldest?.call || conversation.call.at.time < oldest.call.at.time)
			) {
				oldest = conversation;
			}
		}
		return oldest;
	}

	#forgetIdle(now: number): void {
		for (const known of this.#recency) {
			const {key, conversation, runKeys, used} = known;
			const {size} = this.#known;
			if (size <= fewest || (size <= most && used >= now - longestIdle)) {
				return;
			}
			this.#known.delete(key);
			this.#recency.remove(known);
			this.#ofThread.delete(key.slice('|'.length));
			for (const runKey of runKeys) {
				this.#keyOfRun.delete(runKey);
			}
			this.#onForget(conversation);
		}
	}
}
