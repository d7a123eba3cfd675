import {grouped} from './grouped.js';
import type {Measure} from './measures.js';
import type {ThreadPart} from './parts.js';

/** What of a thread's sums tells whether it is notable, and which lifetime it would have needed. */
export const tellingMeasures = [
	'requests',
	'lostOneHour',
	'lostFiveMinutes',
	'lostInput',
	'pauses',
	'cacheRead',
	'readOneHour',
	'cacheWrite5m',
	'cacheWrite1h',
] as const satisfies readonly Measure[];

/** The parts of each thread. */
export type Threads = ReadonlyMap<string | undefined, readonly ThreadPart[]>;

export const byThread = (parts: readonly ThreadPart[]): Threads => grouped(parts, ({thread}) => thread);

/** Those of the threads that lost the most tokens, half of as many as are wanted, and those with the most requests. */
export const mostNotable = (threads: Threads, most: number): Threads => {
	if (threads.size <= most) {
		return threads;
	}
	const all = [...threads].map(([name, parts]) => {
		let requests = 0;
		let lost = 0;
		for (const {measures} of parts) {
			requests += measures.requests;
			lost += measures.lostOneHour + measures.lostFiveMinutes + measures.lostInput;
		}
		return {name, parts, requests, lost};
	});
	const lossy = all
		.filter(({lost}) => lost > 0)
		.sort((one, other) => other.lost - one.lost || other.requests - one.requests);
	const busy = all.sort((one, other) => other.requests - one.requests || other.lost - one.lost);
	const found = new Map<string | undefined, readonly ThreadPart[]>();
	for (const {name, parts} of [...lossy.slice(0, Math.floor(most / 2)), ...busy]) {
		if (found.size >= most) {
			break;
		}
		found.set(name, parts);
	}
	return found;
};
