import type {Log} from '../log.js';
import type {LogFacts} from '../sources/source.js';
import type {Cursor} from '../store/cursor.js';
import type {Store} from '../store/store.js';
import type {CrossReference} from './cross-reference.js';
import type {LogLines} from './log-lines.js';
import type {LogReading} from './log-reading.js';

const none = [] as const;

/** The state of a log for others, which is the same object until something changes. */
export class LogView {
	#facts: LogFacts;
	#lastRead: number | undefined;
	/** Undefined after any change. */
	#view: LogReading | undefined;
	/** The version of the cross-references with which it was computed. */
	#version = 0;

	/** @param before the view of the log when it was suspended */
	constructor(log: Log, before: LogReading | undefined) {
		const {size, modified} = before?.facts ?? {size: 0, modified: undefined};
		this.#facts = {log, size, read: 0, lines: 0, modified};
		this.#lastRead = before?.lastRead;
	}

	/** To be called after any change: the state is put together again when it is next asked for. */
	invalidate(): void {
		this.#view = undefined;
	}

	/** To be set when everything that exists has been passed on. */
	set facts(facts: LogFacts) {
		this.#facts = facts;
		this.invalidate();
	}

	/** Lines were read at this time, in epoch milliseconds. */
	set lastRead(time: number) {
		this.#lastRead = time;
		this.invalidate();
	}

	/** The source counts from its saved position again. */
	restart(): void {
		this.#facts = {...this.#facts, read: 0, lines: 0};
		this.invalidate();
	}

	/** @param before bytes and lines read by earlier processes */
	of(
		{session, form}: Pick<LogLines, 'session' | 'form'>,
		before: Pick<Cursor, 'read' | 'lines'>,
		references: CrossReference,
		store: Pick<Store, 'thread'>,
	): LogReading {
		const {tally, sums = none} = session.told;
		if (!this.#view || (sums.length > 0 && this.#version !== references.version)) {
			this.#version = references.version;
			this.#view = {
				facts: {
					...this.#facts,
					read: this.#facts.read + before.read,
					lines: this.#facts.lines + before.lines,
				},
				format: session.format?.name,
				...(form && {form}),
				tally: {...tally},
				// A shared empty list for the thousands of logs that have none.
				sums:
					sums.length === 0
						? none
						: sums.filter(({thread}) => thread === undefined || !references.isKnown(thread, store)),
				lastRead: this.#lastRead,
			};
		}
		return this.#view;
	}
}
