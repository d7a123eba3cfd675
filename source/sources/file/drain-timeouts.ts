/** How long rotated files are kept open. */
export type DrainTimeouts = {
	/**
	 * Milliseconds of silence after which a file is closed whose successor is written to, and after which a log without
	 * a successor counts as gone.
	 */
	readonly drain: number;
	/**
	 * Milliseconds of silence after which a deleted file without a successor is closed; it takes up space until then.
	 */
	readonly deleted: number;
	/** Maximum number of files kept open. */
	readonly files: number;
};

/** The defaults. */
export const defaultDrainTimeouts: DrainTimeouts = {drain: 5000, deleted: 60_000, files: 8};
