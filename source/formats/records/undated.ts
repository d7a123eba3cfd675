/** Minimum lifetime of a cache entry, in milliseconds. */
const shortestLifetime = 5 * 60_000;

/**
 * A conversation whose answers have no times: when it began and when it last changed, in epoch milliseconds if known.
 */
type Undated = {
	readonly created: number | undefined;
	readonly changed: number | undefined;
	/** The thread of its answers. */
	readonly thread: string | undefined;
};

/**
 * Where an answer without a time belongs. The last change of its conversation is the time of the last answer; earlier
 * ones get that time as well, minus a millisecond each to keep their order, unless they were the last one when they
 * were read. If they may be further apart than a cache lifetime, they are outside of the thread, because expiry cannot
 * be determined.
 * @param later number of messages after it: 0 for the last
 */
export const placeOfUndated = ({created, changed, thread}: Undated, later: number) => {
	const isShort = changed !== undefined && created !== undefined && changed - created <= shortestLifetime;
	return {
		time: changed === undefined ? undefined : changed - later,
		thread: later === 0 || isShort ? thread : undefined,
		...(later > 0 && {replica: true as const}),
	};
};
