import {mostEvents, type ThreadEvent} from '../../request.js';
import {boundName} from '../../text/bound-names.js';
import {sanitize} from '../../text/sanitize.js';
import {RecentMap} from './recent-map.js';

/** Threads of one log that are remembered at a time. */
const mostThreads = 16;
/** Values of one thread that are remembered: one for each thing that may change. */
const mostValues = 16;
/** Terminal columns of a detail. */
const longestDetail = 60;

/** Kinds that say little: they make room for others. */
const minor: ReadonlySet<string> = new Set(['new turn', 'hook']);

/** As it is saved; the empty text is a detail that there is none of. */
type Memory = {
	/** Events that no request has taken yet. */
	readonly events: readonly (readonly [kind: string, detail: string])[];
	/** The latest value of whatever is compared from line to line. */
	readonly values: readonly (readonly [name: string, value: string])[];
	/** Epoch milliseconds of the latest line that a model has to answer; 0 where there is none. */
	readonly input: number;
};

const nothing: Memory = {events: [], values: [], input: 0};

/** An example of what `entries` returns. */
export const emptyThreadEvents: ReturnType<ThreadEvents['entries']> = [
	['', {events: [['', '']], values: [['', '']], input: 0}],
];

/** A name from a log as a detail: one line, harmless, bounded; the empty text for what is no name. */
export const eventName = (name: unknown): string =>
	typeof name === 'string' || typeof name === 'number'
		? sanitize(
				String(name)
					.slice(0, 4 * longestDetail)
					.replace(/\s+/g, ' ')
					.trim(),
				{columns: longestDetail},
			)
		: '';

/** The last part of a path, whichever way its parts are set apart. */
export const baseName = (path: string): string => path.split(/[\\/]/).filter(Boolean).at(-1) ?? path;

/** Names that were added and removed: `+files +search -web`. */
export const addedAndRemoved = (added: readonly string[], removed: readonly string[]): string =>
	[...added.map(name => `+${name}`), ...removed.map(name => `-${name}`)].join(' ');

/**
 * What changed in each thread of a log since its latest request. Formats add what their lines tell, and the next request
 * takes it. Bounded in threads and in events a thread.
 */
export class ThreadEvents {
	readonly #threads: RecentMap<Memory>;

	/** @param entries as `entries` gave them */
	constructor(entries: readonly (readonly [string, Memory])[] = []) {
		this.#threads = new RecentMap(mostThreads, entries);
	}

	entries(): readonly (readonly [string, Memory])[] {
		return this.#threads.entries();
	}

	clear(): void {
		this.#threads.clear();
	}

	add(thread: string, kind: string, detail = ''): void {
		const memory = this.#of(thread);
		const name = eventName(detail);
		if (memory.events.some(([itsKind, itsDetail]) => itsKind === kind && itsDetail === name)) {
			return;
		}
		const isFull = memory.events.length >= mostEvents;
		const kept = isFull ? withoutMinor(memory.events) : memory.events;
		if (kept.length < mostEvents) {
			this.#threads.set(thread, {...memory, events: [...kept, [kind, name]]});
		}
	}

	/**
	 * Remembers the value of something, and adds an event of that kind where it was another before.
	 * @param told the empty text where the line does not tell it
	 * @param shown how a value stands in the event
	 */
	compare(thread: string, kind: string, told: string, shown: (value: string) => string = eventName): void {
		const before = this.value(thread, kind);
		if (told === '' || told === before) {
			return;
		}
		const value = boundName(told) ?? '';
		if (value === before) {
			return;
		}
		this.remember(thread, kind, value);
		if (before !== '') {
			this.add(thread, kind, `${shown(before)} to ${shown(value)}`);
		}
	}

	/** The value that was remembered last; the empty text where there is none. */
	value(thread: string, name: string): string {
		const memory = this.#threads.get(thread);
		if (memory) {
			for (const value of memory.values) {
				if (value[0] === name) {
					return value[1];
				}
			}
		}
		return '';
	}

	remember(thread: string, name: string, value: string): void {
		const memory = this.#of(thread);
		const others = memory.values.filter(([itsName]) => itsName !== name);
		this.#threads.set(thread, {...memory, values: [...others.slice(1 - mostValues), [name, value]]});
	}

	/** A line came that the next answer of the thread is an answer to. */
	input(thread: string, time: number): void {
		this.#threads.set(thread, {...this.#of(thread), input: time});
	}

	/** The latest line to answer since the answer before, epoch milliseconds; undefined where there is none. */
	takeInput(thread: string): number | undefined {
		const memory = this.#threads.get(thread);
		if (!memory || memory.input === 0) {
			return undefined;
		}
		this.#threads.set(thread, {...memory, input: 0});
		return memory.input;
	}

	/** What happened since the latest request; undefined where nothing did. */
	take(thread: string): readonly ThreadEvent[] | undefined {
		const memory = this.#threads.get(thread);
		if (!memory || memory.events.length === 0) {
			return undefined;
		}
		this.#threads.set(thread, {...memory, events: []});
		return memory.events.map(([kind, detail]) => (detail === '' ? {kind} : {kind, detail}));
	}

	#of(thread: string): Memory {
		return this.#threads.get(thread) ?? nothing;
	}
}

const withoutMinor = (events: Memory['events']): Memory['events'] => {
	const at = events.findLastIndex(([kind]) => minor.has(kind));
	return at < 0 ? events : events.filter((_, index) => index !== at);
};
