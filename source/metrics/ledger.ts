import type {SourceProblem} from '../sources/source.js';
import type {Counted} from './breaks/facts.js';
import type {Lifetimes} from './breaks/lifetimes.js';
import type {Around, PriceOf} from './breaks/suspects/around.js';
import type {LaneEnd} from './breaks/warm.js';
import type {Filter} from './filter.js';
import type {ClientStarts} from './marks.js';
import type {Lane, Part, SlicePart, SourcePart, ThreadPart} from './sums/parts.js';
import type {Span, Window} from './windows/window.js';

/** The threads of a window. */
export type ThreadsFound = {
	/** How many there are in all, also where not all are listed. */
	readonly count: number;
	/** The parts of those that were wanted. */
	readonly parts: readonly ThreadPart[];
	/** Of all of them. */
	readonly lifetimes: Lifetimes;
};

/** What is found where no threads were asked for, or none are known. */
export const noThreads: ThreadsFound = {
	count: 0,
	parts: [],
	lifetimes: {longer: {threads: 0, worth: 0n}, shorter: {threads: 0, worth: 0n}},
};

/** The logs of a window, by their names. */
export type SourcesFound = {
	/** How many there are in all, also where not all are listed. */
	readonly count: number;
	/** The parts of those that were wanted; of their measures only `threadMeasures` are known for sure. */
	readonly parts: readonly SourcePart[];
};

/** The projects or machines of a window. */
export type GroupsFound = {
	/** How many there are in all, also where not all are listed. */
	readonly count: number;
	/** The parts of those that were wanted; of their measures `threadMeasures` and those of cold starts are known for sure. */
	readonly parts: readonly Part[];
};

/** Breaks of a window, and what else was asked for with them. */
type BreaksFound = {
	/** The newest, oldest first. */
	readonly breaks: readonly Counted[];
	/** The newest requests of the window; none where the breaks gave no reason to look at them. */
	readonly around: Around;
};

/** What tells lanes apart beside their price. */
export type Dimension = Exclude<keyof Lane, 'price'>;

/** What a question about a window asks for. */
type OfWindow = {readonly window: Window; readonly filter: Filter};

/** One question that a ledger answers. */
export type Question =
	/** The sums of a window by price and these dimensions; an answer may tell more of them. */
	| (OfWindow & {readonly kind: 'parts'; readonly by: readonly Dimension[]})
	/** The same by slice. A slice begins at a multiple of `width`, milliseconds; empty ones are left out. */
	| (OfWindow & {readonly kind: 'slices'; readonly by: readonly Dimension[]; readonly width: number})
	/**
	 * Sums by thread and lane; requests without a thread are one. `most` are wanted: half of them those that lost the most
	 * tokens, the others those with the most requests.
	 */
	| (OfWindow & {readonly kind: 'threads'; readonly most: number})
	/** Sums by project or machine, model and price; an answer may tell more. `most` are wanted: those with the most requests. */
	| (OfWindow & {readonly kind: 'groups'; readonly by: 'project' | 'host'; readonly most: number})
	/** Sums by log and lane. `most` are wanted: those with the most requests. */
	| (OfWindow & {readonly kind: 'sources'; readonly most: number})
	/** The newest requests of a window, at most so many, oldest first. */
	| (OfWindow & {readonly kind: 'requests'; readonly most: number})
	/** The newest breaks of a window, at most `most`; and where these are a reason to, its newest requests. */
	| (OfWindow & {
			readonly kind: 'breaks';
			readonly most: number;
			readonly around?: {
				readonly most: number;
				/** For requests that are not priced yet. */
				readonly priceOf: PriceOf;
				readonly areWanted: (breaks: readonly Counted[]) => boolean;
			};
	  })
	/** The newest requests of one thread in a window, at most so many, oldest first. */
	| (OfWindow & {readonly kind: 'thread'; readonly name: string | undefined; readonly most: number})
	/**
	 * The open ends of chains whose latest request was at or since a time, epoch milliseconds: those of the thousand
	 * threads that had the latest at most.
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

/** What answers a question; undefined where none is asked. */
export type AnswerTo<Asked extends Question | undefined> = Asked extends Question ? Answers[Asked['kind']] : undefined;

/** Questions by what the asker calls them. */
export type Wanted = Readonly<Record<string, Question | undefined>>;

/** A machine of a fleet. */
export type HostSeen = {
	readonly name: string;
	/** How long ago anything came from it last, milliseconds. */
	readonly silentFor: number;
};

/** Totals of everything in the ledger, whatever the window. */
export type Overview = {
	/** Number of requests. */
	readonly total: number;
	readonly span: Span;
	/** How many of them have no time: they are in no window but `all`. */
	readonly untimed: number;
	/** When each client was first seen. */
	readonly clients: ClientStarts;
	/** A number that changes with every change of what is kept. */
	readonly version: number;
	/** The machines of a fleet, by name; undefined where there is only this one. */
	readonly hosts?: readonly HostSeen[];
};

/** The answers to several questions, all of one moment. */
export type Moment<Asked extends Wanted = Wanted> = {
	readonly overview: Overview;
	readonly answers: {readonly [Name in keyof Asked]: AnswerTo<Asked[Name]>};
	/** How long each answer took, milliseconds. */
	readonly took: Readonly<Record<string, number>>;
	/** What keeps the answers from being whole. */
	readonly problems: readonly SourceProblem[];
};

/**
 * What can be asked about requests without holding them all: sums, exact for any window, and lists of some. Facts that
 * depend on a thread's earlier requests are those of all that is there, whatever the window and the filter.
 */
export type Ledger = {
	/**
	 * Asks everything at once; all answers are of one moment, whatever other processes change meanwhile.
	 * @param choose says what is wanted, given what there is
	 */
	ask<Asked extends Wanted>(choose: (overview: Overview) => Asked): Promise<Moment<Asked>>;
};
