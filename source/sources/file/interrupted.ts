import type {Position} from './position.js';

/** Content that has disappeared from its place, to be searched for in other files. */
export type Interrupted = {
	/** How far it was read. */
	readonly position: Position;
	/** What identifies it: the position or, if nothing was read, all that was seen. */
	readonly evidence: Position;
	/** Its first bytes, at most 1024; empty if only positions are left. */
	readonly head: Buffer;
};
