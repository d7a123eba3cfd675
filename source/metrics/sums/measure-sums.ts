import {allMeasures, type Measure, threadMeasures} from './measures.js';

/**
 * Sums of measures as an array in the order of `allMeasures`. Sums of a thread or a log are shorter: they have only the
 * `threadMeasures`, which come first.
 */
export type MeasureSums = Float64Array;

const places = new Map(allMeasures.map((name, place) => [name, place]));

/** The index of a measure in sums. */
export const placeOf = (measure: Measure): number => places.get(measure) as number;

/** The indices of some measures in sums. */
export const placesOf = (measures: readonly Measure[]): readonly number[] => measures.map(placeOf);

/** Sums of no requests: every measure is 0. */
export const noSums = (): MeasureSums => new Float64Array(allMeasures.length);

/** Empty sums of a thread or a log. */
export const noThreadSums = (): MeasureSums => new Float64Array(threadMeasures.length);

/** True if sums have all measures. */
export const hasAll = (sums: MeasureSums): boolean => sums.length === allMeasures.length;

/** Adds sums to others that have at least the same measures. */
export const addSums = (to: MeasureSums, from: MeasureSums): void => {
	for (let place = 0; place < from.length; place++) {
		to[place] = (to[place] as number) + (from[place] as number);
	}
};

/** Sums by the name of the measure; measures that were not asked for are 0. */
export type Measures = Readonly<Record<Measure, number>> & {readonly sums: MeasureSums};

/** Reads sums by name: a report has hundreds of sums, and few of the hundred measures of each are used. */
class NamedSums {
	readonly sums: MeasureSums;

	constructor(sums: MeasureSums) {
		this.sums = sums;
	}
}

for (const [place, name] of allMeasures.entries()) {
	Object.defineProperty(NamedSums.prototype, name, {
		get(this: NamedSums) {
			return this.sums[place] ?? 0;
		},
	});
}

/** Sums by name; missing measures are 0. */
export const measuresOf = (sums: MeasureSums): Measures => new NamedSums(sums) as NamedSums & Measures;
