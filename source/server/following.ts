import {setTimeout as wait} from 'node:timers/promises';
import {Ingest} from '../ingest/ingest.js';
import type {LogReading} from '../ingest/log-reading.js';
import type {Session} from '../session/session.js';
import {inOrder} from '../sources/in-order.js';
import {positionsIn} from '../sources/positions.js';
import {type SourceProblem, type SourceSink, storeProblem} from '../sources/source.js';

/** Sources that are followed into a store, without a screen. */
export type Following = {
	readonly session: Session;
	readonly logs: readonly LogReading[];
	readonly problems: readonly SourceProblem[];
	/** True once everything that existed at the start has been read. */
	readonly caughtUp: boolean;
	/**
	 * Saves what was read so far.
	 * @returns true if the store is complete: false before everything was read once, and after a failure
	 */
	settle(): boolean;
	/** Stops reading because the store failed. */
	fail(error: unknown): void;
	/** Stops reading, saves and closes the store. Rejects with a `StoreError` if it cannot be saved. */
	stop(): Promise<void>;
};

type FollowingEvents = {
	readonly onCaughtUp: () => void;
	/** Called once; nothing is read after that. */
	readonly onError: (error: unknown) => void;
	/** Called for the first problem of each kind and place. */
	readonly onProblem: (problem: SourceProblem) => void;
};

/** Milliseconds after which new requests are saved: soon enough for a scrape, rarely enough for a busy log. */
const defaultDelay = 1000;
/** Milliseconds between checks that the store's file still exists. */
const healEvery = 2000;
/** Milliseconds that sources get to stop. */
const stopTimeout = 500;

/**
 * Starts to follow a session's sources. Does not use the screen's monitor, which would compute a snapshot after each
 * line; here sums only have to be ready for a request.
 * @param delay milliseconds after which new requests are saved
 */
export const startFollowing = (
	session: Session,
	{onCaughtUp, onError, onProblem}: FollowingEvents,
	delay = defaultDelay,
): Following => {
	const {store, later, ingest: how} = session;
	const sources = [...session.sources, ...(later ? [later] : [])];
	const stops: (() => Promise<void>)[] = [];
	const told = new Set<string>();
	let caughtUp = false;
	let ended = false;
	let timer: NodeJS.Timeout | undefined;
	const fail = (error: unknown): void => {
		if (!ended) {
			ended = true;
			clearTimeout(timer);
			clearInterval(healer);
			onError(error);
		}
	};
	const attempt = (work: () => void): void => {
		try {
			if (!ended) {
				work();
			}
		} catch (error) {
			fail(error);
		}
	};
	const flush = (): void => {
		clearTimeout(timer);
		timer = undefined;
		ingest.flush();
	};
	const ingest = new Ingest(store, {
		...how,
		...positionsIn(() => sources),
		onChange: () => {
			timer ??= setTimeout(() => attempt(flush), delay);
		},
	});
	const tell = (problem: SourceProblem): void => {
		const key = `${problem.kind} ${problem.name}`;
		if (!told.has(key)) {
			told.add(key);
			onProblem(problem);
		}
		ingest.problem(problem);
	};
	// A source continues after an error; what it delivers then is read again by the next store.
	const sink = {
		lines: (log, bytes, head, before, count) => attempt(() => ingest.lines(log, bytes, head, before, count)),
		unfinished: (log, bytes, head) => attempt(() => ingest.unfinished(log, bytes, head)),
		caughtUp: facts => attempt(() => ingest.caughtUp(facts)),
		problem: problem => attempt(() => tell(problem)),
	} satisfies SourceSink & {unfinished: Ingest['unfinished']};
	const follow = async (): Promise<void> => {
		await inOrder(sources, async source => {
			stops.push(await source.follow(sink));
		});
		attempt(() => {
			flush();
			caughtUp = true;
			onCaughtUp();
		});
	};
	const heal = (): void => {
		const told = store.heal?.();
		if (told !== undefined) {
			onProblem(storeProblem(told));
			ingest.problem(storeProblem(told));
		}
	};
	const healer = setInterval(() => attempt(heal), healEvery);
	healer.unref();
	for (const problem of session.problems) {
		tell(problem);
	}
	follow().catch(fail);
	return {
		session,
		get logs() {
			return ingest.readings;
		},
		get problems() {
			return ingest.problems;
		},
		get caughtUp() {
			return caughtUp;
		},
		settle: () => {
			if (caughtUp) {
				attempt(flush);
			}
			return caughtUp && !ended;
		},
		fail,
		stop: async () => {
			await Promise.race([Promise.allSettled(stops.map(stop => stop())), wait(stopTimeout, undefined, {ref: false})]);
			const failed = ended;
			ended = true;
			clearTimeout(timer);
			clearInterval(healer);
			try {
				if (!failed) {
					heal();
					ingest.flush(true);
				}
			} finally {
				store.close();
			}
		},
	};
};
