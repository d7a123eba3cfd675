/**
 * Reads what follows the text of an event: its thread and run and, in JSON, its time. Reads only what decoding the
 * whole line would read in exactly the same way; refuses everything else. Contains the keys of both renderings.
 */

import {at} from './bytes';
import {RUN, THREAD} from './memory';
import {numberOf} from './names';

const OTHER: i32 = 0;
export const IS_THREAD: i32 = 1;
export const IS_RUN: i32 = 2;
export const IS_REQUEST: i32 = 4;
export const IS_STAMP: i32 = 8;
export const IS_EVENT: i32 = 16;

/** The known key at an address, compared eight bytes at a time. */
export function keyOf(place: i32, length: i32): i32 {
	switch (length) {
		case 5: // event
			return load<u32>(place) == 0x6e657665 && at(place + 4) == 116 ? IS_EVENT : OTHER;
		case 9: {
			const start = load<u64>(place);
			if (start == 0x695f646165726874 && at(place + 8) == 100) {
				return IS_THREAD; // thread_id
			}
			return start == 0x6d617473656d6974 && at(place + 8) == 112 ? IS_STAMP : OTHER; // timestamp
		}
		case 10: // request_id
			return load<u64>(place) == 0x5f74736575716572 && load<u16>(place + 8) == 0x6469 ? IS_REQUEST : OTHER;
		case 12: // agent_run_id
			return load<u64>(place) == 0x75725f746e656761 && load<u32>(place + 8) == 0x64695f6e ? IS_RUN : OTHER;
		default:
			return OTHER;
	}
}

/** Saves the name of a thread or a run; false if there is no room. */
export function keep(key: i32, place: i32, end: i32, record: i32): bool {
	if (key != IS_THREAD && key != IS_RUN) {
		return true;
	}
	const name = numberOf(place, end - place);
	store<i32>(record + (key == IS_THREAD ? THREAD : RUN), name);
	return name >= 0;
}
