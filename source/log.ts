/** A log: a file with its rotations, standard input, a command's output, or the demo. */
export type Log = {
	/** Unique and stable: the real path of a file, `-` for standard input. */
	readonly id: string;
	/** The name for display: the path as the user gave it. */
	readonly name: string;
};
