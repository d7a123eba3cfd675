/** One log: a file with its rotations, standard input, a command's output, the demo. */
export type Log = {
	/** Unique and stable: the real path of a file, `-` for standard input. */
	readonly id: string;
	/** What a person sees: the path as it was given. */
	readonly name: string;
};
