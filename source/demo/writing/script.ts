import type {PlanBlock, SkippedPart} from '../../request.js';
import type {Random} from '../random.js';
import {type CallSite, type LogEvent, type LogLevel, type LogValue, passesLevel} from './log-record.js';

/** What the lines written so far tell of the plan; lines below the logger's level tell nothing. */
export type VisiblePlan = {
	blocks: PlanBlock[];
	skipped: SkippedPart[];
	unsupported: boolean;
};

/** How much of the usage an outcome line tells: all of it, or all but the tokens written. */
export type OutcomeDetail = 'full' | 'no-writes';

/** Collects the lines of one call in the order the backend logs them, with realistic gaps between them. */
export type Script = {
	readonly random: Random;
	readonly events: LogEvent[];
	/** Lets time pass, in microseconds. */
	wait(microseconds: number): void;
	/** Returns whether the line was written at the logger's level. */
	log(level: LogLevel, callSite: CallSite, event: string): boolean;
	/** A line of the plan; `tell` notes what it says, if it was written. */
	intend(level: LogLevel, callSite: CallSite, event: string, tell?: (plan: VisiblePlan) => void): void;
	/** What was planned so far was only counted, not sent. */
	dropPlan(): void;
	/** A line that tells the usage. */
	conclude(level: LogLevel, callSite: CallSite, event: string, detail: OutcomeDetail): void;
	/** Undefined when no line of the plan was written. */
	visiblePlan(): VisiblePlan | undefined;
	/** The best outcome line that was written. */
	outcome(): {readonly event: LogEvent; readonly detail: OutcomeDetail} | undefined;
	/** The last line of the plan, else the last line. */
	lastPlanned(): LogEvent | undefined;
	/** Microseconds since the epoch. */
	now(): number;
};

type ScriptOptions = {
	/** Microseconds since the epoch. */
	readonly start: number;
	readonly level: LogLevel;
	readonly context: Readonly<Record<string, LogValue>>;
	readonly random: Random;
};

/** Begins to collect the lines of one call. */
export const createScript = ({start, level: threshold, context, random}: ScriptOptions): Script => {
	let clock = start;
	let plan: VisiblePlan | undefined;
	let lastPlanned: LogEvent | undefined;
	let outcome: {event: LogEvent; detail: OutcomeDetail} | undefined;
	const events: LogEvent[] = [];

	const write = (level: LogLevel, callSite: CallSite, event: string): LogEvent | undefined => {
		// Time passes for lines below the level too: the same seed tells the same story at every level.
		clock += random.integer(300, 20_000);
		if (!passesLevel(level, threshold)) {
			return undefined;
		}

		const time = Math.floor(clock / 1000);
		const written: LogEvent = {time, microseconds: clock - time * 1000, level, event, callSite, context};
		events.push(written);
		return written;
	};

	return {
		random,
		events,
		wait: microseconds => {
			clock += Math.round(microseconds);
		},
		log: (level, callSite, event) => write(level, callSite, event) !== undefined,
		intend: (level, callSite, event, tell) => {
			const written = write(level, callSite, event);
			if (written !== undefined) {
				plan ??= {blocks: [], skipped: [], unsupported: false};
				tell?.(plan);
				lastPlanned = written;
			}
		},
		dropPlan: () => {
			plan = undefined;
			lastPlanned = undefined;
		},
		conclude: (level, callSite, event, detail) => {
			const written = write(level, callSite, event);
			if (written !== undefined && !(outcome?.detail === 'full' && detail === 'no-writes')) {
				outcome = {event: written, detail};
			}
		},
		visiblePlan: () => plan,
		outcome: () => outcome,
		lastPlanned: () => lastPlanned ?? events.at(-1),
		now: () => clock,
	};
};
