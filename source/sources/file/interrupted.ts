import type {Position} from './position.js';

/** Content that is gone from where it was, to be looked for in other files. */
export type Interrupted = {
	/** How far it was read. */
	readonly position: Position;
	/** By what to know it again: the position or, where nothing was read, all that was seen. */
	readonly evidence: Position;
	/** Its first bytes, at most 1024; none where only positions are left. */
	readonly head: Buffer;
};
