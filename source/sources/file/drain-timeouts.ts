/** How long files that were rotated away are kept open. */
export type DrainTimeouts = {
	/** Milliseconds of quiet after which one is closed whose successor is written to, and a log without one is gone. */
	readonly drain: number;
	/** Milliseconds of quiet after which a deleted one is closed that has no successor; it takes up space till then. */
	readonly deleted: number;
	/** How many are kept open at most. */
	readonly files: number;
};

/** What holds unless told otherwise. */
export const defaultDrainTimeouts: DrainTimeouts = {drain: 5000, deleted: 60_000, files: 8};
