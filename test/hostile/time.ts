/** The least of a few runs, milliseconds: what else the machine does only adds. */
export const timeOf = (run: () => unknown, times = 3): number => {
	let least = Number.POSITIVE_INFINITY;
	for (let count = 0; count < times; count++) {
		const start = performance.now();
		run();
		least = Math.min(least, performance.now() - start);
	}
	return least;
};

/** Shorter than that, what is measured is the clock and the collector; milliseconds. */
const least = 4;
const mostDoublings = 6;

/**
 * By how much the time grows where the input becomes four times as long: 4 where each part costs the same, 16 where
 * each is compared with each. The input is made longer until there is something to measure.
 */
export const growthOf = (run: (length: number) => () => unknown, start: number): number => {
	let length = start;
	for (let doubled = 0; doubled < mostDoublings && timeOf(run(length), 1) < least; doubled++) {
		length *= 2;
	}
	return timeOf(run(length * 4)) / Math.max(timeOf(run(length)), least / 4);
};
