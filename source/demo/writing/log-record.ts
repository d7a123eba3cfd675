/** What a Python program passes to its logger, before rendering. */

/** Values that occur in log contexts. */
export type LogValue = string | number | boolean | null;

/** Levels of Python's logging, lowest first. */
export type LogLevel = 'debug' | 'info' | 'warning' | 'error';

/** Epoch milliseconds, and the 0–999 microseconds within that millisecond. */
export type Instant = {
	readonly time: number;
	readonly microseconds: number;
};

/** The location in the program that logged a line. */
export type CallSite = {
	readonly filename: string;
	readonly functionName: string;
	readonly line: number;
};

/** An exception logged with its traceback. */
export type LogException = {
	/** `ValueError` */
	readonly type: string;
	/** May span several lines. */
	readonly message: string;
	/** Outermost first. */
	readonly frames: readonly {
		readonly path: string;
		readonly line: number;
		readonly functionName: string;
		/** The source line, for the console. */
		readonly source: string;
		/** Names and Python reprs, for JSON. */
		readonly locals: Readonly<Record<string, string>>;
	}[];
};

/** One structured log event. */
export type LogEvent = Instant & {
	readonly level: LogLevel;
	/** The message, which may contain line breaks and user input. */
	readonly event: string;
	readonly callSite: CallSite;
	/** Bound to the current request: thread_id, agent_run_id, request_id, path… */
	readonly context: Readonly<Record<string, LogValue>>;
	/** Specific to this event. */
	readonly extras?: Readonly<Record<string, LogValue>>;
	readonly exception?: LogException;
};

/** Text that something else wrote into the same file; may be several lines. */
type RawText = Instant & {
	readonly raw: string;
};

/** A record of the backend's log: an event of its logger, or text that bypasses the logger. */
export type LogRecord = LogEvent | RawText;

const severities: Readonly<Record<LogLevel, number>> = {debug: 10, info: 20, warning: 30, error: 40};

/** Whether an event of this level is logged under the threshold. */
export const passesLevel = (level: LogLevel, threshold: LogLevel): boolean =>
	severities[level] >= severities[threshold];

/** Converts whole microseconds since the epoch. */
export const instantOf = (microseconds: number): Instant => {
	const time = Math.floor(microseconds / 1000);
	return {time, microseconds: microseconds - time * 1000};
};
