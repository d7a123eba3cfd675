import type {PlanBlock, SkippedPart} from '../../request.js';
import type {Random} from '../random.js';
import {type CallSite, type LogEvent, type LogLevel, type LogValue, passesLevel} from './log-record.js';

/** What the lines written so far reveal of the plan; lines below the log's level reveal nothing. */
export type VisiblePlan = {
	blocks: PlanBlock[];
	skipped: SkippedPart[];
	unsupported: boolean;
};

/** How much of the usage an outcome line reports: all of it, or all but the tokens written. */
export type OutcomeDetail = 'full' | 'no-writes';

/** Collects the lines of a call in the backend's order, with realistic delays. */
export type Script = {
	readonly random: Random;
	readonly events: LogEvent[];
	/** Advances the clock by some microseconds. */
	wait(microseconds: number): void;
	/** Logs a line. Returns whether the log's level let it through. */
	log(level: LogLevel, callSite: CallSite, event: string): boolean;
	/** Logs a line of the plan. `tell` records what it reveals, if it was written. */
	intend(level: LogLevel, callSite: CallSite, event: string, tell?: (plan: VisiblePlan) => void): void;
	/** Discards the plan so far, which was a dry run. */
	dropPlan(): void;
	/** Logs a line with usage. */
	conclude(level: LogLevel, callSite: CallSite, event: string, detail: OutcomeDetail): void;
	/** Undefined if no line of the plan was written. */
	visiblePlan(): VisiblePlan | undefined;
	/** The most detailed outcome line that was written. */
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

/** Starts the lines of a call. */
export const createScript = ({start, level: threshold, context, random}: ScriptOptions): Script => {
	let clock = start;
	let plan: VisiblePlan | undefined;
	let lastPlanned: LogEvent | undefined;
	let outcome: {event: LogEvent; detail: OutcomeDetail} | undefined;
	const events: LogEvent[] = [];

	const write = (level: LogLevel, callSite: CallSite, event: string): LogEvent | undefined => {
		// Lines below the level take time as well, so that the same seed gives the same course of events at every
		// level.
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
