import type {LayoutMatcher} from '../../scanner/layout-matcher.js';
import {isAt} from '../json/member.js';

/** Slots with the same bytes in every line. */
export type EqualSlots = readonly (readonly [slot: number, bytes: Uint8Array])[];

/** True if the object that matched last has these bytes in these slots. */
export const areEqual = (equal: EqualSlots, {bytes, from, behind}: LayoutMatcher): boolean => {
	for (const [slot, expected] of equal) {
		const start = from[slot] as number;
		if ((behind[slot] as number) - start !== expected.length || !isAt(bytes, start, expected)) {
			return false;
		}
	}
	return true;
};
