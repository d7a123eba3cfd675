import type {Tally} from '../format.js';
import type {ObjectSkimmer} from '../json/object-skimmer.js';
import {piecesIn} from '../json/pieces.js';

/**
 * Skims each of the whole lines, and tells when the members of an object can be asked. Of a line that is broken, the whole
 * objects in it are skimmed, and what is left is counted.
 * @param onObject is given the index of the line, from 0
 */
export const eachObject = (
	bytes: Buffer,
	skimmer: ObjectSkimmer,
	tally: Tally,
	onObject: (index: number) => void,
): void => {
	let index = 0;
	skimmer.lines(bytes, (skimmed, start, end) => {
		if (skimmed === 'object') {
			onObject(index);
		} else if (skimmed === 'broken') {
			const line = index;
			eachPiece(bytes, [start, end], skimmer, tally, () => onObject(line));
		}
		index++;
	});
};

const eachPiece = (
	bytes: Buffer,
	[start, end]: readonly [number, number],
	skimmer: ObjectSkimmer,
	tally: Tally,
	onObject: () => void,
): void => {
	const {pieces, isAll} = piecesIn(bytes, start, end);
	for (const [from, behind] of pieces) {
		if (skimmer.read(bytes, from, behind) === 'object') {
			onObject();
		}
	}
	if (!isAll) {
		tally.candidates++;
		tally.brokenJson++;
	}
};
