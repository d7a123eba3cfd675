const first = 1000;
const longest = 60_000;

/**
 * Milliseconds to wait after some consecutive failures: doubled each time up to a minute, with jitter, so that hosts
 * which failed together do not retry together.
 * @param random from 0 to 1
 */
export const backOff = (failures: number, random: number): number =>
	Math.min(longest, first * 2 ** Math.min(16, failures - 1)) * (0.5 + random / 2);
