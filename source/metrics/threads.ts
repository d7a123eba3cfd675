import {grouped} from './grouped.js';
import {type MeasureSums, type Measures, placesOf} from './sums/measure-sums.js';
import type {Measure} from './sums/measures.js';
import type {Lane, ThreadPart} from './sums/parts.js';

/** The measures that decide whether a thread is notable and which cache lifetime it needs. */
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

/** Those measures of one thread and lane. */
export type TellingPart = {
	readonly lane: Lane;
	readonly measures: Pick<Measures, (typeof tellingMeasures)[number]>;
};

const tellingPlaces = placesOf(tellingMeasures);
const nothingTelling = Object.fromEntries(tellingMeasures.map(name => [name, 0])) as TellingPart['measures'];

/** Extracts those measures from the sums of a thread and lane. */
export const tellingPart = (lane: Lane, sums: MeasureSums): TellingPart => {
	const measures = {...nothingTelling};
	for (const [index, name] of tellingMeasures.entries()) {
		measures[name] = sums[tellingPlaces[index] as number] as number;
	}
	return {lane, measures};
};

/** The parts of each thread. */
export type Threads<One extends TellingPart = ThreadPart> = ReadonlyMap<string | undefined, readonly One[]>;

/** Parts by thread; undefined for requests without one. */
export const byThread = (parts: readonly ThreadPart[]): Threads => grouped(parts, ({thread}) => thread);

/** The most notable threads: half of them those that lost the most tokens, the others those with the most requests. */
export const mostNotable = <One extends TellingPart>(threads: Threads<One>, most: number): Threads<One> => {
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
	const found = new Map<string | undefined, readonly One[]>();
	for (const {name, parts} of [...lossy.slice(0, Math.floor(most / 2)), ...busy]) {
		if (found.size >= most) {
			break;
		}
		found.set(name, parts);
	}
	return found;
};
