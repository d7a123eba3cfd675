import type {Position} from './file/position.js';
import type {RemoteCursor} from './remote-cursor.js';
import type {Source} from './source.js';

/** How far logs have been read, by whichever of the sources each is of. */
type Positions = {
	/** By the id of a log. */
	readonly positionOf: (log: string) => Position | RemoteCursor | undefined;
	/** A log's position is kept, and need not be held. */
	readonly onRest: (log: string) => void;
};

/** @param sources as they are when it is asked */
export const positionsIn = (sources: () => readonly Source[]): Positions => ({
	positionOf: log => {
		for (const source of sources()) {
			const position = source.positionOf(log);
			if (position) {
				return position;
			}
		}
		return undefined;
	},
	onRest: log => {
		for (const source of sources()) {
			source.rest?.(log);
		}
	},
});
