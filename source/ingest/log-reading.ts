import type {Sum, Tally} from '../formats/format.js';
import type {LineForm} from '../formats/line-form.js';
import type {LogFacts} from '../sources/source.js';

/** The state of a log: immutable, and the same object until something changes. */
export type LogReading = {
	readonly facts: LogFacts;
	/** Undefined while no format recognises it. */
	readonly format: string | undefined;
	/** The form of its lines, while no format recognises it; undefined as well if it has none yet. */
	readonly form?: LineForm | undefined;
	readonly tally: Tally;
	/** Usage that the log records only as sums, of threads whose requests are not known individually. */
	readonly sums: readonly Sum[];
	/** When its latest bytes arrived, in epoch milliseconds; undefined before the first. */
	readonly lastRead: number | undefined;
};
