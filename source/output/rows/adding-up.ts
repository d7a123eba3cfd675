/**
 * Rounds numbers so that they add up exactly to their rounded sum: those that lost most by rounding down are rounded
 * up.
 * @param digits decimal places
 * @param fixed index of a number that is rounded by itself, because it is shown elsewhere as well; the others make up
 * for it
 */
export const addingUp = (numbers: readonly number[], digits: number, fixed?: number): readonly number[] => {
	const scale = 10 ** digits;
	const exact = numbers.map(number => number * scale);
	// Tolerates the representation error of binary fractions.
	const floors = exact.map((number, index) => (index === fixed ? Math.round(number) : Math.floor(number + 1e-6)));
	const total = Math.round(exact.reduce((sum, number) => sum + number, 0));
	const missing = total - floors.reduce((sum, number) => sum + number, 0);
	const byRest = exact.map((number, index) => ({index, rest: number - (floors[index] ?? 0)}));
	const raised = new Set(
		byRest
			.filter(({index}) => index !== fixed)
			.sort((one, other) => other.rest - one.rest)
			.slice(0, Math.max(0, missing))
			.map(({index}) => index),
	);
	return floors.map((floor, index) => (floor + (raised.has(index) ? 1 : 0)) / scale);
};
