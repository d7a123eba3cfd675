import type {Request, Usage} from '../request.js';
import type {LocalTime} from '../time/stamp.js';

/** What a reader needs to know beside the bytes. */
export type FormatContext = {
	/** Name of the log, kept with each request. */
	readonly source: string;
	/** Reads a wall-clock time that carries no zone; UTC unless the user says otherwise. */
	readonly localTime: LocalTime;
	/** What "prompt tokens" contain, where the user overrides the evidence. */
	readonly promptTokens: PromptTokens | undefined;
	/**
	 * Number of a line in its file, from 1, for logs whose lines keep their numbers; undefined where it is not known. Where
	 * this is missing it never is.
	 * @param index of the line among those that `lines` was given, from 0
	 */
	readonly lineAt?: ((index: number) => number | undefined) | undefined;
	/** Called for each request, and again with the same id when more of it becomes known. */
	readonly onRequest: (request: Request) => void;
	/** Called when later lines prove that what was planned only, also before a restart, were no requests. */
	readonly onRetract: () => void;
};

/** Whether a provider's "prompt tokens" contain the tokens written to the cache. */
export type PromptTokens = 'written-included' | 'written-excluded';

/** How many lines meant what, and what was passed over and why; for `doctor` and the JSON report. */
export type Tally = {
	/** Lines that a needle nominated. */
	candidates: number;
	plans: number;
	calls: number;
	outcomes: number;
	/** The same usage logged again in other words. */
	repeats: number;
	/** Planning groups with no call after them in a log that shows calls. */
	dryRuns: number;
	/** Candidates that only look like cache lines: quoted in messages, replies, tracebacks. */
	lookAlikes: number;
	/** Candidates that are not valid JSON though they begin like it. */
	brokenJson: number;
	/** Journal entries whose message journald left out because it was long (`--all` keeps it). */
	withoutMessage: number;
	/** Lines that are too long to be looked through to their end, and in whose beginning nothing was found. */
	tooLong: number;
	/** Cache lines without a time of their own: they get that of the line before, or are `untimed` where none had one. */
	untimed: number;
};

/**
 * Tokens that a log tells as a sum only: of a session, of a turn. It is no request, and in no rate, break or thread.
 */
export type Sum = {
	/** What is summed: it is told anew when it has grown. */
	readonly id: string;
	/** The conversation that it is of; where its requests are known one by one, the sum tells nothing new. */
	readonly thread: string | undefined;
	/** How many calls it sums; undefined where it does not tell. */
	readonly requests: number | undefined;
	readonly tokens: Pick<Usage, 'uncached' | 'cacheRead' | 'cacheWrite5m' | 'cacheWrite1h' | 'output'>;
};

/** A request that another log holds, as this one knows it: its tokens, and about when it ended. */
export type RequestTrace = {
	/** Epoch milliseconds; the other log's may differ by some seconds. */
	readonly time: number;
	/** All input tokens of the request. */
	readonly input: number;
	readonly cacheRead: number;
};

/** What a log tells of a change that broke the cache of a conversation whose requests another log holds. */
export type CacheChange = {
	readonly thread: string;
	/** What changed, as a person reads it. */
	readonly reason: string;
	/** The latest request before the change. */
	readonly after: RequestTrace;
	/** One behind it, of the same model: the change came between the two. */
	readonly until: RequestTrace;
	/** How long the cache lives, milliseconds; undefined where the log does not tell. */
	readonly lifetime: number | undefined;
};

/** What a log tells of the requests of a thread that another log holds without a model. */
export type ThreadModel = {
	readonly thread: string;
	readonly model: string | undefined;
	readonly provider: string | undefined;
	readonly project: string | undefined;
	/** It is that of the requests since then, epoch milliseconds; undefined where it is that of all. */
	readonly from: number | undefined;
};

/** One log being read as one format. Keeps its state between calls, so a request may span buffers and rotations. */
export type FormatSession = {
	/**
	 * Reads whole lines. The buffer may be reused afterwards.
	 * @param head these are the first lines of a file: of the log itself, or of a new one after a rotation or rewriting
	 */
	lines(bytes: Buffer, head: boolean): void;
	/**
	 * Requests that count as things stand, but that a later line may complete or take back: calls whose outcome has not
	 * come, and plans in a log that has shown no call so far.
	 */
	provisional(): readonly Request[];
	/**
	 * What must be known to go on reading behind the last line given, as plain data for JSON: small, because it is kept
	 * with every batch.
	 */
	save(): unknown;
	/** What the log tells as sums; undefined for formats that tell none. */
	readonly sums?: readonly Sum[];
	/** What the log tells of requests in other logs; undefined for formats that tell nothing of the kind. */
	readonly changes?: readonly CacheChange[];
	/** The models of the two requests. */
	readonly models?: readonly ThreadModel[];
	readonly tally: Readonly<Tally>;
};

/** A log format: how to recognise it and how to read it. */
export type Format = {
	/** As `--format` takes it. */
	readonly name: string;
	/** As a person reads it. */
	readonly title: string;
	/** It takes what no other format knows, so it gives way as soon as another recognises the log. */
	readonly catchAll?: boolean;
	/** Whether the beginning of a log (some KB) looks like this format. */
	recognise(head: Buffer): boolean;
	/**
	 * Whether a log that begins so is one JSON document, which says nothing before its end is there: it is handed over
	 * whole, as one line. Without it, logs of this format are read line by line.
	 */
	isDocument?(head: Buffer): boolean;
	/** @param saved what a session of this format saved where the reading goes on; what is not understood begins anew */
	open(context: FormatContext, saved?: unknown): FormatSession;
};

/** What a session has seen before its first line: 0 of everything. */
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
