import type {Counted} from './breaks/facts.js';
import type {Lifetimes} from './breaks/lifetimes.js';
import type {LaneEnd} from './breaks/warm.js';
import type {Filter} from './filter.js';
import type {ClientStarts} from './marks.js';
import type {Part, SlicePart, SourcePart, ThreadPart} from './parts.js';
import type {Span, Window} from './windows/window.js';

/** The threads of a window. */
export type ThreadsFound = {
	/** How many there are. */
	readonly count: number;
	/** The parts of those that were wanted. */
	readonly parts: readonly ThreadPart[];
	/** Of all of them. */
	readonly lifetimes: Lifetimes;
};

/** The logs of a window, by their names. */
export type SourcesFound = {
	/** How many there are. */
	readonly count: number;
	/** The parts of those that were wanted; of their measures only `threadMeasures` are known, the others are 0. */
	readonly parts: readonly SourcePart[];
};

/**
 * What can be asked about requests without holding them all: sums, exact for any window, and lists of some. Facts that
 * depend on a thread's earlier requests are those of all that is there, whatever the window and the filter.
 */
export type Ledger = {
	/** Asks several things of one moment, whatever other processes change meanwhile; where it is missing none can. */
	atOnce?<Result>(questions: () => Result): Result;
	/** All requests there are. */
	readonly total: number;
	/** When each client was first seen, among all requests there are. */
	clients?(): ClientStarts;
	/** Of all requests there are. */
	readonly span: Span;
	/** How many of all requests there are have no time: they are in no window but `all`. */
	readonly untimed: number;
	/** The sums of a window by lane. */
	parts(window: Window, filter: Filter): readonly Part[];
	/**
	 * The same by thread; those without a thread are one.
	 * @param most so many are wanted: half of them those that lost the most tokens, the others those with the most requests
	 */
	threads(window: Window, filter: Filter, most: number): ThreadsFound;
	/**
	 * The same by log.
	 * @param most so many are wanted: those with the most requests
	 */
	sources(window: Window, filter: Filter, most: number): SourcesFound;
	/** The same by slice and lane. A slice begins at a multiple of `width`, milliseconds; empty ones are left out. */
	slices(window: Window, width: number, filter: Filter): readonly SlicePart[];
	/** The newest requests of a window, at most so many, oldest first. */
	requests(window: Window, filter: Filter, most: number): readonly Counted[];
	/** The newest breaks of a window, at most so many, oldest first. */
	breaks(window: Window, filter: Filter, most: number): readonly Counted[];
	/**
	 * The open ends of chains whose latest request was at or since a time, epoch milliseconds.
	 * @returns those of the thousand threads that had the latest at most
	 */
	ends(since: number, filter: Filter): readonly LaneEnd[];
	/** The newest requests of one thread in a window, at most so many, oldest first. */
	thread(name: string | undefined, window: Window, filter: Filter, most: number): readonly Counted[];
};
