import type {LogReading} from '../ingest/log-reading.js';
import type {Report} from '../metrics/report/report.js';
import type {SilentAgent} from '../sources/agents/find-places.js';
import type {SourceProblem} from '../sources/source.js';
import type {LineKinds} from './sample.js';

/** One thing that `doctor` found, and the next step. */
export type Finding = {
	/** Stable, for those who filter. */
	readonly id: string;
	readonly severity: 'problem' | 'hint' | 'good';
	/** One sentence: what is the case, with its numbers. */
	readonly says: string;
	/** One sentence: what to do next; undefined if there is nothing to do. */
	readonly next: string | undefined;
};

/** A log that was read, and a sample of it. */
export type ExaminedLog = {readonly reading: LogReading; readonly kinds: LineKinds | undefined};

/** A log beside those that were read, which may be the one that is wanted. */
export type Neighbour = {
	readonly path: string;
	readonly size: number;
	/** Epoch milliseconds. */
	readonly modified: number;
	/** Its sample holds cache lines. */
	readonly holdsCacheLines: boolean;
};

/** Everything that a diagnosis looks at. */
export type Examination = {
	readonly logs: readonly ExaminedLog[];
	readonly neighbours: readonly Neighbour[];
	readonly problems: readonly SourceProblem[];
	/** Of the window that was asked for. */
	readonly report: Report;
	/** Of everything that was read. */
	readonly whole: Report;
	/** Agents that keep nothing of their cache, where none was named. */
	readonly silentAgents: readonly SilentAgent[];
	/** Paths that were tried because none was named. */
	readonly lookedAt: readonly string[];
	/** Epoch milliseconds. */
	readonly now: number;
};

/** One thing that `doctor` looks for; no findings where there is nothing to say about it. */
export type Check = (examination: Examination) => readonly Finding[];
