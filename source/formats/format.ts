import type {Request, Usage} from '../request.js';
import type {LocalTime} from '../time/stamp.js';

/** What a session needs besides the bytes. */
export type FormatContext = {
	/** Name of the log, stored with each request. */
	readonly source: string;
	/** Interprets wall-clock times without a zone; UTC by default. */
	readonly localTime: LocalTime;
	/** Set if the user overrides what "prompt tokens" include. */
	readonly promptTokens: PromptTokens | undefined;
	/**
	 * Line number in the file, from 1, for logs whose line numbers are stable; undefined if unknown. The function is
	 * missing for all other logs.
	 * @param index of the line within the current call of `lines`, from 0
	 */
	readonly lineAt?: ((index: number) => number | undefined) | undefined;
	/** Called for each request, and again with the same id when more of it is known. */
	readonly onRequest: (request: Request) => void;
	/** Called when later lines prove that plans reported so far, even before a restart, were not requests. */
	readonly onRetract: () => void;
};

/** Whether a provider's "prompt tokens" include the tokens written to the cache. */
export type PromptTokens = 'written-included' | 'written-excluded';

/** Counts of lines by meaning, and of skipped lines by reason; for `doctor` and the JSON report. */
export type Tally = {
	/** Lines that contain a needle. */
	candidates: number;
	plans: number;
	calls: number;
	outcomes: number;
	/** Repeats of usage already counted. */
	repeats: number;
	/** Plans without a call after them, in a log with calls. */
	dryRuns: number;
	/** Candidates that only look like cache lines: quoted in messages, replies, tracebacks. */
	lookAlikes: number;
	/** Candidates that start like JSON but are not valid. */
	brokenJson: number;
	/** Journal entries without a message, which journald omits if it is long (`--all` keeps it). */
	withoutMessage: number;
	/** Lines too long to be searched completely, with nothing found at their beginning. */
	tooLong: number;
	/** Cache lines without a time of their own: they get that of the line before, or are `untimed` if there is none. */
	untimed: number;
};

/**
 * Tokens that a log records only as a sum, of a session or turn. A sum is no request, and part of no rate, break or
 * thread.
 */
export type Sum = {
	/** Identifies the sum, which is reported again when it has grown. */
	readonly id: string;
	/** The conversation. If its requests are known individually, the sum is redundant. */
	readonly thread: string | undefined;
	/** Number of calls; undefined if unknown. */
	readonly requests: number | undefined;
	readonly tokens: Pick<Usage, 'uncached' | 'cacheRead' | 'cacheWrite5m' | 'cacheWrite1h' | 'output'>;
};

/** A request of another log, as known to this one: its tokens, and about when it ended. */
export type RequestTrace = {
	/** Epoch milliseconds; may differ from the other log's time by some seconds. */
	readonly time: number;
	/** All input tokens of the request. */
	readonly input: number;
	readonly cacheRead: number;
};

/** A change reported by this log that broke the cache of a conversation whose requests are in another log. */
export type CacheChange = {
	readonly thread: string;
	/** What changed, worded for people. */
	readonly reason: string;
	/** The latest request before the change. */
	readonly after: RequestTrace;
	/** A request after it, of the same model: the change happened between the two. */
	readonly until: RequestTrace;
	/** The lifetime of the cache in milliseconds; undefined if not logged. */
	readonly lifetime: number | undefined;
};

/** The model of a thread whose requests are in another log that does not name it. */
export type ThreadModel = {
	readonly thread: string;
	readonly model: string | undefined;
	readonly provider: string | undefined;
	readonly project: string | undefined;
	/** Applies to requests since this time (epoch milliseconds); undefined for all. */
	readonly from: number | undefined;
};

/** A log being read in one format. Keeps its state between calls, so a request may span buffers and rotations. */
export type FormatSession = {
	/**
	 * Reads whole lines. The buffer may be reused after the call.
	 * @param head true for the first lines of a file: of the log, or of a new file after a rotation or rewrite
	 */
	lines(bytes: Buffer, head: boolean): void;
	/**
	 * Requests that count for now, but that a later line may complete or retract: calls without an outcome yet, and
	 * plans in a log without calls so far.
	 */
	provisional(): readonly Request[];
	/**
	 * The state needed to continue after the last line, as plain data for JSON; small, because it is saved with every
	 * batch.
	 */
	save(): unknown;
	/** Usage that the log records only as sums; undefined for formats without sums. */
	readonly sums?: readonly Sum[];
	/** What the log reports about requests in other logs; undefined for formats that report nothing of the kind. */
	readonly changes?: readonly CacheChange[];
	/** Models of requests in other logs. */
	readonly models?: readonly ThreadModel[];
	readonly tally: Readonly<Tally>;
};

/** A log format: how to recognise and read it. */
export type Format = {
	/** Value of `--format`. */
	readonly name: string;
	/** Name for people. */
	readonly title: string;
	/** Set if the format accepts lines that no other format knows; replaced as soon as another recognises the log. */
	readonly catchAll?: boolean;
	/** True if the beginning of a log (some KB) looks like this format. */
	recognise(head: Buffer): boolean;
	/**
	 * True if a log with this beginning is one JSON document, which can only be parsed as a whole: it is passed to
	 * `lines` as one line. Without this method, logs are read line by line.
	 */
	isDocument?(head: Buffer): boolean;
	/** @param saved the state of an earlier session of this format; anything invalid starts over */
	open(context: FormatContext, saved?: unknown): FormatSession;
};

/** A tally of 0 for everything. */
export const emptyTally = (): Tally => ({
	candidates: 0,
	plans: 0,
	calls: 0,
	outcomes: 0,
	repeats: 0,
	dryRuns: 0,
	lookAlikes: 0,
	brokenJson: 0,
	withoutMessage: 0,
	tooLong: 0,
	untimed: 0,
});
