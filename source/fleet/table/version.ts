/**
 * Bits of a version, from the lowest: number of settlings by the fleet, number in the host's outbox, epoch of the
 * outbox.
 */
const settledBits = 8n;
const numberBits = 14n;
/** Epochs are milliseconds since 2026: 42 bits last until 2165. */
const epochBegin = Date.UTC(2026, 0, 1);

/**
 * The column `ver` as decimal text, which decides which of two rows with the same key is valid.
 * @param epoch creation of the host's outbox, in epoch milliseconds: a store that was rebuilt takes precedence over the
 * one before
 * @param number in the outbox: if it overflows its bits it continues into those of the epoch, which is safe because no
 * store changes so many requests per millisecond
 */
export const versionOf = (epoch: number, number: number): string => {
	const begun = BigInt(Math.max(0, Math.floor(epoch - epochBegin)));
	return String(((begun << numberBits) + BigInt(number)) << settledBits);
};

/** The next version of a row whose facts the fleet recounted; undefined once it has been recounted too often. */
export const settledVersion = (ver: string): string | undefined => {
	const settled = BigInt(ver) + 1n;
	return settled % (1n << settledBits) === 0n ? undefined : String(settled);
};

/** Whether the fleet recounted the facts of a row. */
export const isSettled = (ver: string): boolean => BigInt(ver) % (1n << settledBits) > 0n;
