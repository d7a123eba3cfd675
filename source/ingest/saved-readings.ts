import {statesVersion} from '../formats/state/saved-state.js';
import type {ChangeStamp} from '../sources/file/change-stamp.js';
import type {Position} from '../sources/file/position.js';
import type {RemoteCursor} from '../sources/remote-cursor.js';
import {type Cursor, readCursor} from '../store/cursor.js';
import type {Store} from '../store/store.js';
import {stampIn} from './glance.js';

/** What is saved of a log's reading: a cursor, or of a short log only a summary, or nothing. */
export type SavedReading = {readonly cursor: Cursor | undefined; readonly glance: string | undefined};

const nothing: SavedReading = {cursor: undefined, glance: undefined};

/**
 * The saved readings that sources continue. Another process may save more of a log at any time, also between a source's
 * first look at its position and its first lines. Therefore a log's format continues with what was saved together with
 * the position at which this process's source began, whatever is saved by then.
 */
export class SavedReadings {
	readonly #store: Pick<Store, 'cursor' | 'glance'>;
	/** By log id, until the log's reading takes it. */
	readonly #begun = new Map<string, SavedReading>();

	constructor(store: Pick<Store, 'cursor' | 'glance'>) {
		this.#store = store;
	}

	/** What is saved of a log; nothing if another version saved states that cannot be continued. */
	of(log: string): SavedReading {
		const cursor = readCursor(this.#store.cursor(log));
		return cursor && cursor.states !== statesVersion
			? nothing
			: {cursor, glance: cursor ? undefined : this.#store.glance(log)};
	}

	/** The saved position in a file, without beginning to read. */
	positionOf(log: string): Position | undefined {
		return filePositionIn(this.of(log).cursor);
	}

	/** The state of a log's file when it had been read completely, if that is known from its summary. */
	stampOf(log: string): ChangeStamp | undefined {
		const glance = this.#store.glance(log);
		return glance === undefined ? undefined : stampIn(glance);
	}

	/** The position from which a source begins to read a file; undefined for its start. */
	beginFile(log: string): Position | undefined {
		const saved = this.of(log);
		const position = filePositionIn(saved.cursor);
		this.#begun.set(log, position || !saved.cursor ? saved : nothing);
		return position;
	}

	/** The position from which a source begins to read rows or events; undefined for their start. */
	beginRows(log: string): RemoteCursor | undefined {
		const saved = this.of(log);
		const position = saved.cursor?.position;
		const isMark = position !== undefined && 'mark' in position;
		this.#begun.set(log, isMark ? saved : nothing);
		return isMark ? position : undefined;
	}

	/** What was saved with the position at which a log's source has begun; undefined if that was taken already. */
	take(log: string): SavedReading | undefined {
		const begun = this.#begun.get(log);
		this.#begun.delete(log);
		return begun;
	}
}

const filePositionIn = (cursor: Cursor | undefined): Position | undefined =>
	cursor && !('mark' in cursor.position) ? cursor.position : undefined;
