import {mostEvents, type ThreadEvent} from '../../request.js';
import {boundName} from '../../text/bound-names.js';
import {sanitize} from '../../text/sanitize.js';
import {RecentMap} from './recent-map.js';

/** Maximum number of threads remembered per log. */
const mostThreads = 16;
/** Maximum number of values remembered per thread, one for each setting that may change. */
const mostValues = 16;
/** Maximum columns of a detail. */
const longestDetail = 60;

/** Insignificant kinds, which are dropped first. */
const minor: ReadonlySet<string> = new Set(['new turn', 'hook']);

/** The saved state; the empty text means no detail. */
type Memory = {
	/** Events that no request has taken yet. */
	readonly events: readonly (readonly [kind: string, detail: string])[];
	/** The latest values that are compared from line to line. */
	readonly values: readonly (readonly [name: string, value: string])[];
	/** Time of the latest line that the model has to answer, in epoch milliseconds; 0 if there is none. */
	readonly input: number;
};

const nothing: Memory = {events: [], values: [], input: 0};

/** An example of what `entries` returns. */
export const emptyThreadEvents: ReturnType<ThreadEvents['entries']> = [
	['', {events: [['', '']], values: [['', '']], input: 0}],
];

/** A name from a log as an event's detail: one line, bounded and safe to print; empty if it is not a name. */
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

/** The last segment of a path with either separator. */
export const baseName = (path: string): string => path.split(/[\\/]/).filter(Boolean).at(-1) ?? path;

/** Names that were added and removed: `+files +search -web`. */
export const addedAndRemoved = (added: readonly string[], removed: readonly string[]): string =>
	[...added.map(name => `+${name}`), ...removed.map(name => `-${name}`)].join(' ');

/**
 * Collects what changed in each thread of a log since its latest request. Formats add events, and the next request
 * takes them. Limited in threads and events.
 */
export class ThreadEvents {
	readonly #threads: RecentMap<Memory>;

	/** @param entries the result of `entries` */
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
	 * Remembers a value, and adds an event if it differs from the previous one.
	 * @param told the empty text if the line has no value
	 * @param shown formats a value for the event
	 */
	compare(thread: string, kind: string, told: string, shown: (value: string) => string = eventName): void {
		if (told === '') {
			return;
		}
		const before = this.value(thread, kind);
		if (told === before) {
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

	/** The remembered value; the empty text if there is none. */
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

	/** Notes a line that the thread's next answer responds to. */
	input(thread: string, time: number): void {
		this.#threads.set(thread, {...this.#of(thread), input: time});
	}

	/** Time of the latest such line since the last answer, in epoch milliseconds; undefined if there is none. */
	takeInput(thread: string): number | undefined {
		const memory = this.#threads.get(thread);
		if (!memory || memory.input === 0) {
			return undefined;
		}
		this.#threads.set(thread, {...memory, input: 0});
		return memory.input;
	}

	/** The events since the latest request; undefined if there are none. */
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
