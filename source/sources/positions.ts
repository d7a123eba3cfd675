import type {Position} from './file/position.js';
import type {RemoteCursor} from './remote-cursor.js';
import type {Source} from './source.js';

/** How far logs have been read, by whichever of the sources each is of. */
type Positions = {
	/** By the id of a log. */
	readonly positionOf: (log: string) => Position | RemoteCursor | undefined;
	/** A log's position is kept, and need not be held; true where it is not, and is asked for when there is more of it. */
	readonly onRest: (log: string) => boolean;
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
	onRest: log => sources().some(source => source.rest?.(log)),
});
