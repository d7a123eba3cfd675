/** Bits of a version, from below: how often the fleet settled the row, the number in the host's outbox, its epoch. */
const settledBits = 8n;
const numberBits = 14n;
/** Epochs are milliseconds from 2026 on: 42 bits last until 2165. */
const epochBegin = Date.UTC(2026, 0, 1);

/**
 * The column `ver` as decimal text: which of two rows with the same key holds.
 * @param epoch when the host's outbox was made, epoch milliseconds: a store that was read again wins over the one
 * before
 * @param number in the outbox: where it needs more bits it counts on in those of the epoch, which time runs ahead of,
 * for no store changes so many requests in a millisecond
 */
export const versionOf = (epoch: number, number: number): string => {
	const begun = BigInt(Math.max(0, Math.floor(epoch - epochBegin)));
	return String(((begun << numberBits) + BigInt(number)) << settledBits);
};

/** The version of a row whose facts the fleet recounts; undefined if that was done as often as it can be told. */
export const settledVersion = (ver: string): string | undefined => {
	const settled = BigInt(ver) + 1n;
	return settled % (1n << settledBits) === 0n ? undefined : String(settled);
};

/** Whether a row is one that the fleet recounted. */
export const isSettled = (ver: string): boolean => BigInt(ver) % (1n << settledBits) > 0n;
