/** A point in a prompt up to which a cache entry may exist. */
export type Prefix = {
	/** Equal for equal content before the point. */
	readonly key: string;
	/** Tokens from the start of the prompt up to the point. */
	readonly tokens: number;
};

/** A provider's cache of prompt prefixes, as documented by Anthropic. Times are in microseconds. */
export type PrefixCache = {
	/**
	 * Serves a prompt: reads the longest valid entry, which refreshes it and all shorter ones, and writes up to the
	 * last marked prefix. Prefixes below the minimum are neither read nor written. Both lists are sorted by length;
	 * `readable` may include points marked by earlier prompts.
	 */
	serve(request: {
		readonly now: number;
		readonly lifetime: number;
		readonly minimum: number;
		readonly marked: readonly Prefix[];
		readonly readable: readonly Prefix[];
	}): {readonly read: number; readonly written: number};
};

const sweepSize = 4096;

/** An empty cache of an account. */
export const createPrefixCache = (): PrefixCache => {
	const expiries = new Map<string, number>();

	const sweep = (now: number) => {
		for (const [key, expiry] of expiries) {
			if (expiry < now) {
				expiries.delete(key);
			}
		}
	};

	return {
		serve: ({now, lifetime, minimum, marked, readable}) => {
			let read = 0;
			for (const {key, tokens} of readable) {
				if (tokens >= minimum && tokens > read && (expiries.get(key) ?? 0) > now) {
					read = tokens;
				}
			}

			const end = marked.at(-1)?.tokens ?? 0;
			for (const {key, tokens} of [...readable, ...marked]) {
				const valid = (expiries.get(key) ?? 0) > now;
				const writtenNow = tokens > read && marked.some(prefix => prefix.key === key);
				if (tokens >= minimum && (writtenNow || (valid && tokens <= read))) {
					expiries.set(key, now + lifetime);
				}
			}

			if (expiries.size > sweepSize) {
				sweep(now);
			}

			return {read, written: end >= minimum ? Math.max(0, end - read) : 0};
		},
	};
};
