import {allMeasures, type Measure, type Measures, noMeasures, threadMeasures} from './measures.js';

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

/** Adds sums to others with the same measures. */
export const addSums = (to: MeasureSums, from: MeasureSums): void => {
	for (let place = 0; place < to.length; place++) {
		to[place] = (to[place] as number) + (from[place] as number);
	}
};

/** Sums by name; missing measures are 0. */
export const measuresOf = (sums: MeasureSums): Measures => {
	const measures = noMeasures();
	for (let place = 0; place < sums.length; place++) {
		measures[allMeasures[place] as Measure] = sums[place] as number;
	}
	return measures;
};
