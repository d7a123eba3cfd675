import type {Sum, Tally} from '../formats/format.js';
import type {LogFacts} from '../sources/source.js';

/** What was read of one log, and what it turned out to be: immutable, and the same object as long as nothing changed. */
export type LogReading = {
	readonly facts: LogFacts;
	/** Undefined as long as nothing recognised it. */
	readonly format: string | undefined;
	readonly tally: Tally;
	/** What it tells as sums only: of threads whose requests are not known one by one. */
	readonly sums: readonly Sum[];
	/** Epoch milliseconds at which its latest bytes arrived; undefined before the first. */
	readonly lastRead: number | undefined;
};
