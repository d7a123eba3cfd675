/** How long every cache entry lives at least, milliseconds. */
const shortestLifetime = 5 * 60_000;

/** A conversation whose answers have no times: when it began and was last changed, epoch milliseconds where told. */
type Undated = {
	readonly created: number | undefined;
	readonly changed: number | undefined;
	/** The thread of its answers. */
	readonly thread: string | undefined;
};

/**
 * What can be said of an answer without a time of its own. The last change of its conversation is the time of the
 * last answer; what came before is dated by it as well, a millisecond earlier each so that they keep their order,
 * unless it was read as the last one then. Where these may be apart longer than a cache lives they stand outside of
 * the thread, because what expired cannot be known.
 * @param later how many messages came after it: 0 for the last
 */
export const placeOfUndated = ({created, changed, thread}: Undated, later: number) => {
	const isShort = changed !== undefined && created !== undefined && changed - created <= shortestLifetime;
	return {
		time: changed === undefined ? undefined : changed - later,
		thread: later === 0 || isShort ? thread : undefined,
		...(later > 0 && {replica: true as const}),
	};
};
