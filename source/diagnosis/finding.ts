import type {LogReading} from '../ingest/log-reading.js';
import type {Report} from '../metrics/report/report.js';
import type {SilentAgent} from '../sources/agents/find-places.js';
import type {SourceProblem} from '../sources/source.js';
import type {LineKinds} from './sample.js';

/** A finding of `doctor`, with the next step. */
export type Finding = {
	/** A stable id, for filtering. */
	readonly id: string;
	readonly severity: 'problem' | 'hint' | 'good';
	/** One sentence with the facts and their numbers. */
	readonly says: string;
	/** One sentence with the next step; undefined if there is none. */
	readonly next: string | undefined;
};

/** A log that was read, and a sample of it. */
export type ExaminedLog = {readonly reading: LogReading; readonly kinds: LineKinds | undefined};

/** Another log in the same folder, which may be the one the user wants. */
export type Neighbour = {
	readonly path: string;
	readonly size: number;
	/** Epoch milliseconds. */
	readonly modified: number;
	/** True if its sample contains cache lines. */
	readonly holdsCacheLines: boolean;
};

/** Everything that the checks look at. */
export type Examination = {
	readonly logs: readonly ExaminedLog[];
	readonly neighbours: readonly Neighbour[];
	readonly problems: readonly SourceProblem[];
	/** The report of the requested window. */
	readonly report: Report;
	/** The report of everything that was read. */
	readonly whole: Report;
	/** Installed agents that log nothing about their cache; empty if the user named sources. */
	readonly silentAgents: readonly SilentAgent[];
	/** Paths that were searched because the user named no source. */
	readonly lookedAt: readonly string[];
	/** The user's own pattern for lines; undefined without one. */
	readonly pattern: string | undefined;
	/** Epoch milliseconds. */
	readonly now: number;
};

/** A check of `doctor`; returns no findings if it has nothing to report. */
export type Check = (examination: Examination) => readonly Finding[];
