import {allMeasures, type Measure, type Measures, noMeasures, threadMeasures} from './measures.js';

/**
 * Sums of measures while they are added up: numbers in the order of `allMeasures`. Those of a thread or a log are shorter:
 * they hold `threadMeasures`, which come first.
 */
export type MeasureSums = Float64Array;

const places = new Map(allMeasures.map((name, place) => [name, place]));

/** Where a measure stands in sums. */
export const placeOf = (measure: Measure): number => places.get(measure) as number;

/** Where each of some measures stands in sums. */
export const placesOf = (measures: readonly Measure[]): readonly number[] => measures.map(placeOf);

/** The sums of no requests: 0 of every measure. */
export const noSums = (): MeasureSums => new Float64Array(allMeasures.length);

/** Of a thread or a log. */
export const noThreadSums = (): MeasureSums => new Float64Array(threadMeasures.length);

/** Whether sums are of all measures. */
export const hasAll = (sums: MeasureSums): boolean => sums.length === allMeasures.length;

/** Adds sums to sums of the same measures. */
export const addSums = (to: MeasureSums, from: MeasureSums): void => {
	for (let place = 0; place < to.length; place++) {
		to[place] = (to[place] as number) + (from[place] as number);
	}
};

/** The same by name; those that the sums do not hold are 0. */
export const measuresOf = (sums: MeasureSums): Measures => {
	const measures = noMeasures();
	for (let place = 0; place < sums.length; place++) {
		measures[allMeasures[place] as Measure] = sums[place] as number;
	}
	return measures;
};
