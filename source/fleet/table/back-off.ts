const first = 1000;
const longest = 60_000;

/**
 * How long to wait after so many failures in a row, milliseconds: twice as long each time, up to a minute. Hosts that
 * failed together do not come back together.
 * @param random from 0 to 1
 */
export const backOff = (failures: number, random: number): number =>
	Math.min(longest, first * 2 ** Math.min(16, failures - 1)) * (0.5 + random / 2);
