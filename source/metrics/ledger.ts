import type {SourceProblem} from '../sources/source.js';
import type {Counted} from './breaks/facts.js';
import type {Lifetimes} from './breaks/lifetimes.js';
import type {Examine, Examined} from './breaks/suspects/evidence.js';
import type {LaneEnd} from './breaks/warm.js';
import type {Filter} from './filter.js';
import type {ClientStarts} from './marks.js';
import type {Lane, Part, SlicePart, SourcePart, ThreadPart} from './sums/parts.js';
import type {Span, Window} from './windows/window.js';

/** The threads of a window. */
export type ThreadsFound = {
	/** Number of all threads, including those not listed. */
	readonly count: number;
	/** The parts of the threads that were asked for. */
	readonly parts: readonly ThreadPart[];
	/** Computed from all threads. */
	readonly lifetimes: Lifetimes;
};

/** The result if threads were not asked for, or are unknown. */
export const noThreads: ThreadsFound = {
	count: 0,
	parts: [],
	lifetimes: {longer: {threads: 0, worth: 0n}, shorter: {threads: 0, worth: 0n}},
};

/** The logs of a window, by name. */
export type SourcesFound = {
	/** Number of all logs, including those not listed. */
	readonly count: number;
	/** The parts of the logs that were asked for; only their `threadMeasures` are sure to be known. */
	readonly parts: readonly SourcePart[];
};

/** The projects or machines of a window. */
export type GroupsFound = {
	/** Number of all groups, including those not listed. */
	readonly count: number;
	/** The parts of the groups that were asked for; their `threadMeasures` and cold starts are sure to be known. */
	readonly parts: readonly Part[];
};

/** Breaks of a window, and evidence's view of them. */
type BreaksFound = {
	/** The newest breaks, oldest first. */
	readonly breaks: readonly Counted[];
	/** The input of `evidenceOf`. */
	readonly examined: Examined;
};

/** The properties of a lane other than its price. */
export type Dimension = Exclude<keyof Lane, 'price'>;

/** The window and filter of a question. */
type OfWindow = {readonly window: Window; readonly filter: Filter};

/** A question that a ledger answers. */
export type Question =
	/** Sums of a window by price and these dimensions; an answer may distinguish more of them. */
	| (OfWindow & {readonly kind: 'parts'; readonly by: readonly Dimension[]})
	/**
	 * Sums by slice and price; an answer may distinguish more. Slices start at multiples of `width` (milliseconds); empty
	 * ones are left out.
	 */
	| (OfWindow & {readonly kind: 'slices'; readonly by: readonly []; readonly width: number})
	/**
	 * Sums by thread and lane; requests without a thread count as one thread. Returns `most` threads: half of them
	 * those that lost the most tokens, the others those with the most requests.
	 */
	| (OfWindow & {readonly kind: 'threads'; readonly most: number})
	/**
	 * Sums by project or machine, model and price; an answer may distinguish more. Returns the `most` groups with the
	 * most requests.
	 */
	| (OfWindow & {readonly kind: 'groups'; readonly by: 'project' | 'host'; readonly most: number})
	/** Sums by log and lane. Returns the `most` logs with the most requests. */
	| (OfWindow & {readonly kind: 'sources'; readonly most: number})
	/** The newest requests of a window, at most `most`, oldest first. */
	| (OfWindow & {readonly kind: 'requests'; readonly most: number})
	/** The newest breaks of a window, at most `most`, and the input of `evidenceOf` if it is wanted. */
	| (OfWindow & {readonly kind: 'breaks'; readonly most: number; readonly examine?: Examine | undefined})
	/** The newest requests of a thread in a window, at most `most`, oldest first. */
	| (OfWindow & {readonly kind: 'thread'; readonly name: string | undefined; readonly most: number})
	/**
	 * The open ends of chains whose latest request is not older than a time (epoch milliseconds), for at most the
	 * thousand threads used last.
	 */
	| {readonly kind: 'ends'; readonly since: number; readonly filter: Filter};

type Answers = {
	readonly parts: readonly Part[];
	readonly slices: readonly SlicePart[];
	readonly threads: ThreadsFound;
	readonly groups: GroupsFound;
	readonly sources: SourcesFound;
	readonly requests: readonly Counted[];
	readonly breaks: BreaksFound;
	readonly thread: readonly Counted[];
	readonly ends: readonly LaneEnd[];
};

/** The type of answer to a question; undefined if none is asked. */
export type AnswerTo<Asked extends Question | undefined> = Asked extends Question ? Answers[Asked['kind']] : undefined;

/** Questions by names that the caller chooses. */
export type Wanted = Readonly<Record<string, Question | undefined>>;

/** A machine of a fleet. */
export type HostSeen = {
	readonly name: string;
	/** Milliseconds since it last sent anything. */
	readonly silentFor: number;
};

/** Totals over everything in the ledger. */
export type Overview = {
	/** Number of requests. */
	readonly total: number;
	readonly span: Span;
	/** Number of requests without a time, which belong to the window `all` only. */
	readonly untimed: number;
	/** When each client version was first seen. */
	readonly clients: ClientStarts;
	/** A number that changes with every change of the content. */
	readonly version: number;
	/** The machines of a fleet, by name; undefined for a single machine. */
	readonly hosts?: readonly HostSeen[];
};

/** The answers to several questions, all at the same moment. */
export type Moment<Asked extends Wanted = Wanted> = {
	readonly overview: Overview;
	readonly answers: {readonly [Name in keyof Asked]: AnswerTo<Asked[Name]>};
	/** Duration of each answer in milliseconds. */
	readonly took: Readonly<Record<string, number>>;
	/** What prevents the answers from being complete. */
	readonly problems: readonly SourceProblem[];
};

/**
 * What can be asked about requests without loading them all: exact sums of any window, and lists of some requests.
 * Facts that depend on a thread's earlier requests are computed from everything stored, independent of window and
 * filter.
 */
export type Ledger = {
	/**
	 * Answers several questions at the same moment, even if other processes change the content meanwhile.
	 * @param choose returns the questions, given the overview
	 */
	ask<Asked extends Wanted>(choose: (overview: Overview) => Asked): Promise<Moment<Asked>>;
};
