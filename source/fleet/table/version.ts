/** Bits of a version, from below: how often the fleet settled the row, the number in the host's outbox, its epoch. */
const settledBits = 8n;
const numberBits = 14n;
/** Epochs are milliseconds from 2026 on: 42 bits last until 2165. */
const epochBegin = Date.UTC(2026, 0, 1);

/**
 * The column `ver` as decimal text: which of two rows with the same key holds.
 * @param epoch when the host's outbox was made, epoch milliseconds: a store that was read anew wins over the one before
 * @param number in the outbox: where it needs more bits it counts on in those of the epoch, which time runs ahead of, for
 * no store changes so many requests in a millisecond
 */
export const versionOf = (epoch: number, number: number): string => {
	const begun = BigInt(Math.max(0, Math.floor(epoch - epochBegin)));
	return String(((begun << numberBits) + BigInt(number)) << settledBits);
};
