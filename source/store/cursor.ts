import type {CacheChange, Sum, Tally, ThreadModel} from '../formats/format.js';
import type {LineForm} from '../formats/line-form.js';
import type {Position} from '../sources/file/position.js';
import type {RemoteCursor} from '../sources/remote-cursor.js';

/** The saved state of a log's reading: plain data. */
export type Cursor = {
	/** How far its bytes were read. */
	readonly position: Position | RemoteCursor;
	/** Its format; undefined while none recognises it. */
	readonly format: string | undefined;
	/** The form of its lines, while no format recognises it. */
	readonly form?: LineForm | undefined;
	/** The saved state of the format's session. */
	readonly session: unknown;
	/** The version of that state; undefined for states from before versions were saved. */
	readonly states?: number | undefined;
	/** The format's counts so far. */
	readonly tally: Tally;
	/** Usage that the log records only as sums, if any. */
	readonly sums?: readonly Sum[];
	/** What the log reports about requests in other logs, if anything. */
	readonly changes?: readonly CacheChange[];
	readonly models?: readonly ThreadModel[];
	/** True if some requests are provisional: a later line may complete or retract them. */
	readonly isOpen: boolean;
	/** Total bytes and lines read, by all processes. */
	readonly read: number;
	readonly lines: number;
};

/** The saved value, if it is a cursor. */
export const readCursor = (kept: unknown): Cursor | undefined =>
	typeof kept === 'object' && kept !== null && 'position' in kept ? (kept as Cursor) : undefined;
