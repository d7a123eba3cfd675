import {isLike} from '../formats/state/saved-state.js';
import type {RemoteCursor} from '../sources/remote-cursor.js';

/** How far the events of a project were read. */
export type Progress = {
	/** All events that were received until then are read, epoch milliseconds. */
	readonly known: number | undefined;
	/** A reading under way, from the newest event back to what is known. */
	readonly walk:
		| {
				/** When the event that it began with was received, epoch milliseconds. */
				readonly newest: number;
				/** The server's cursor of the page to read next. */
				readonly cursor: string;
		  }
		| undefined;
};

const begin: Progress = {known: undefined, walk: undefined};

/** The progress as the store keeps it between runs; `progressOf` reads it again. */
export const cursorOf = ({known, walk}: Progress): RemoteCursor => ({mark: JSON.stringify({known, walk})});

/** The progress that `cursorOf` wrote; anything else starts over. */
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
