import type {RemoteCursor} from '../remote-cursor.js';
import type {Source} from '../source.js';
import type {Position} from './position.js';

/** How far a log has been read, by whichever of the sources it is of. */
export const positionIn = (sources: readonly Source[], log: string): Position | RemoteCursor | undefined => {
	for (const source of sources) {
		const position = source.positionOf(log);
		if (position) {
			return position;
		}
	}
	return undefined;
};
