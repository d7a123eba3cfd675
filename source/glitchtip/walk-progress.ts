import {isLike} from '../formats/state/saved-state.js';
import type {RemoteCursor} from '../sources/remote-cursor.js';

/** How far the events of a project have been read. */
export type Progress = {
	/** All events received up to this time have been read, in epoch milliseconds. */
	readonly known: number | undefined;
	/** An unfinished walk from the newest event back to `known`. */
	readonly walk:
		| {
				/** When the event at which it started was received, in epoch milliseconds. */
				readonly newest: number;
				/** The server's cursor of the next page. */
				readonly cursor: string;
		  }
		| undefined;
};

const begin: Progress = {known: undefined, walk: undefined};

/** Serialises the progress for the store; `progressOf` reads it back. */
export const cursorOf = ({known, walk}: Progress): RemoteCursor => ({mark: JSON.stringify({known, walk})});

/** Reads a progress written by `cursorOf`; starts over with anything else. */
export const progressOf = (mark: RemoteCursor | undefined): Progress => {
	try {
		const value: unknown = JSON.parse(mark?.mark ?? '{}');
		return {
			known: isLike(value, {known: 0}) ? value.known : undefined,
			walk: isLike(value, {walk: {newest: 0, cursor: ''}}) ? value.walk : undefined,
		};
	} catch {
		return begin;
	}
};
