import type {Usage} from '../../request.js';
import type {PromptTokens} from '../format.js';
import {mostTokens} from '../json/json-line.js';
import {toUsage} from '../prompt-tokens.js';

/** Tokens as a usage object tells them, before they are normalised. They may be impossible. */
export type Counts = {
	/** What the provider calls input or prompt tokens. */
	readonly input: number | undefined;
	readonly read: number | undefined;
	readonly write: number | undefined;
	/** The part of `write` that lives an hour. */
	readonly writeOneHour?: number | undefined;
	readonly output: number | undefined;
	/** Input and output together. */
	readonly total?: number | undefined;
	/** What `input` holds beside the uncached tokens; LiteLLM's answer depends on its version. */
	readonly contains: 'nothing' | 'reads-and-writes' | 'as-litellm';
	/** The writer may have left the cache's numbers out although there were some. */
	readonly incomplete?: boolean;
};

/** What decides how the numbers of one request are to be read. */
export type Circumstances = {
	readonly model: string | undefined;
	/** Epoch milliseconds. */
	readonly time: number;
	readonly promptTokens: PromptTokens | undefined;
};

const clamp = (count: number | undefined): number => {
	const whole = Math.trunc(count ?? 0);
	return whole > 0 && whole <= mostTokens ? whole : 0;
};

const isPossible = (count: number | undefined): boolean =>
	count === undefined || (Number.isInteger(count) && count >= 0 && count <= mostTokens);

/** The normalised usage. Numbers that cannot be are brought to the nearest that can, and the usage is then partial. */
export const settle = (counts: Counts, {model, time, promptTokens}: Circumstances): Usage => {
	const [input, read, write, output] = [counts.input, counts.read, counts.write, counts.output].map(clamp) as [
		number,
		number,
		number,
		number,
	];
	const writeOneHour = Math.min(write, clamp(counts.writeOneHour));
	const isSound =
		[counts.input, counts.read, counts.write, counts.writeOneHour, counts.output].every(isPossible) &&
		counts.input !== undefined &&
		!counts.incomplete;
	if (counts.contains === 'as-litellm') {
		return toUsage(
			{prompt: input, read, write, writeOneHour, completion: output, total: counts.total},
			{model, time, oneHour: false, accuracy: isSound && read <= input ? undefined : 'partial', promptTokens},
		);
	}
	// Gateways are known that pass the reads on without adding them to the input.
	const isInside = counts.contains === 'reads-and-writes' && read <= input;
	const fits = counts.contains === 'nothing' || read + write <= input;
	return {
		uncached: isInside ? Math.max(0, input - read - write) : input,
		cacheRead: read,
		cacheWrite5m: write - writeOneHour,
		cacheWrite1h: writeOneHour,
		output,
		accuracy: isSound && fits ? 'exact' : 'partial',
	};
};
