import type {CacheChange, Sum, Tally, ThreadModel} from '../formats/format.js';
import type {Position} from '../sources/file/position.js';
import type {RemoteCursor} from '../sources/remote-cursor.js';

/** Where the reading of a log goes on, as it is kept with its requests: plain data. */
export type Cursor = {
	/** How far its bytes were read. */
	readonly position: Position | RemoteCursor;
	/** What it was read as; undefined as long as nothing recognised it. */
	readonly format: string | undefined;
	/** What its format saved. */
	readonly session: unknown;
	/** What its format counted so far. */
	readonly tally: Tally;
	/** What it tells as sums only, where it tells any. */
	readonly sums?: readonly Sum[];
	/** What it tells of requests in other logs, where it tells any. */
	readonly changes?: readonly CacheChange[];
	readonly models?: readonly ThreadModel[];
	/** Some requests count for now only: a later line may complete them or take them back. */
	readonly isOpen: boolean;
	/** Bytes and lines of it read so far, by all processes together. */
	readonly read: number;
	readonly lines: number;
};

/** What was kept, if it is a cursor. */
export const readCursor = (kept: unknown): Cursor | undefined =>
	typeof kept === 'object' && kept !== null && 'position' in kept ? (kept as Cursor) : undefined;
