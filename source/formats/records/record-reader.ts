import type {Request} from '../../request.js';
import type {CacheChange, Format, Sum, ThreadModel} from '../format.js';
import type {Kinship} from '../json/json-line.js';
import type {JsonObject} from '../json/json-values.js';

/** An answer of a model, as a record reports it. Omitted members are unknown. */
export type Answer = Pick<Request, 'usage'> &
	Partial<
		Omit<Request, 'id' | 'time' | 'source' | 'line' | 'host' | 'plan' | 'planOnly' | 'firstLine' | 'usage' | 'rebuilt'>
	> & {
		/** Identity of the answer, equal in every copy; without the name of the format. */
		readonly id: string;
		/** Epoch milliseconds; undefined if the record has no time of its own. */
		readonly time: number | undefined;
		/** True if it is marked as failed or aborted: without counts it is no request. */
		readonly failed?: boolean;
		/** True if later records of the same id are ignored. */
		readonly isFinal?: boolean;
	};

/** What a reader of records gets in addition to the record: context, and functions to report what it finds. */
export type RecordContext = {
	/** Name of the log, whose path is the only source of session and agent for some agents. */
	readonly source: string;
	/** Parses a time: seconds, milliseconds or an ISO text. Returns epoch milliseconds. */
	readonly timeOf: (value: unknown) => number | undefined;
	/**
	 * The same for one of several conversations in a log: what is noted there concerns its answers only. The name is the
	 * reader's choice.
	 */
	readonly in: (conversation: string) => RecordContext;
	/** Reports an answer. */
	readonly answer: (answer: Answer) => void;
	/** Reports usage that the log records only as a sum; replaces one with the same id. */
	readonly sum: (sum: Sum) => void;
	/** Reports a change that broke the cache of requests in another log. */
	readonly change: (change: CacheChange) => void;
	/** Reports the models of requests in other logs; replaces earlier ones. */
	readonly models: (models: readonly ThreadModel[]) => void;
	/** Notes a change in the thread since its last answer. */
	readonly event: (kind: string, detail?: string) => void;
	/** Notes a value, and a change if it differs from the one before; undefined if the record does not report it. */
	readonly compare: (kind: string, value: string | undefined) => void;
	/** Notes that the context was compacted or rebuilt since the last answer. */
	readonly rebuilt: () => void;
	/** Notes the time of a user's message or tool result, at which the next request was sent. */
	readonly sent: (time: number | undefined) => void;
};

/** How the records of an agent are read. `State` is plain data, saved between records and between processes. */
export type RecordReader<State> = Pick<Format, 'name' | 'title'> & {
	/** Whether a record is this agent's, may be, or is another's. */
	readonly kinship: (record: JsonObject) => Kinship;
	/** Recognises a document by its beginning, if the agent writes documents. */
	readonly isDocument?: (beginning: string) => boolean;
	/** Lines without any of these words are skipped without parsing. */
	readonly words: readonly string[];
	/** The state at the beginning of a log. */
	readonly beginning: () => State;
	/** @param state may be changed in place */
	readonly read: (record: JsonObject, state: State, context: RecordContext) => void;
};
