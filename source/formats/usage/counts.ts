import type {Usage} from '../../request.js';
import type {PromptTokens} from '../format.js';
import {toUsage} from './prompt-tokens.js';

/** What a writer's input tokens hold beside the uncached ones. */
export type Contains =
	| 'nothing'
	| 'reads-and-writes'
	/** Reads always; writes by LiteLLM's version. */
	| 'as-litellm'
	/** Nothing where Anthropic or Bedrock served the model, else reads and writes. */
	| 'by-provider'
	/** Nothing, or reads and writes for OpenAI's models where they fit. */
	| 'apart-unless-openai';

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
	readonly contains: Contains;
	/** Writers of these names differ in what `input` contains: where `total` proves one of the two, it decides. */
	readonly totalDecides?: boolean | undefined;
	/** The line carries no cache field at all, and its writer does not leave zeros out. */
	readonly cacheUnknown?: boolean | undefined;
	/** The writer is known to leave some of the cache's numbers out, or sums several calls. */
	readonly incomplete?: boolean | undefined;
};

/** What decides how the numbers of one request are to be read. */
type Circumstances = {
	readonly model: string | undefined;
	/** Who served the model, as logged. */
	readonly provider?: string | undefined;
	/** Epoch milliseconds. */
	readonly time: number;
	readonly promptTokens: PromptTokens | undefined;
};

/** A count above this is no count. */
const mostTokens = 1e12;

/** Whether a model did anything: a call that failed is often logged with zeros. */
export const countsAnything = ({input, read, write, output}: Counts): boolean =>
	isTold(input) || isTold(read) || isTold(write) || isTold(output);

/** Whether something was counted: what is not told, and zero, tell nothing. */
const isTold = (count: number | undefined): boolean => count !== undefined && count !== 0;

/** Whether it is a number that tokens can have. */
export const isCount = (count: number | undefined): count is number =>
	count !== undefined && count >= 0 && count <= mostTokens;

const isPossible = (count: number | undefined): boolean =>
	count === undefined || (Number.isInteger(count) && isCount(count));

const clamp = (count: number | undefined): number => {
	const whole = Math.trunc(count ?? 0);
	return whole > 0 && whole <= mostTokens ? whole : 0;
};

const servedApart = /anthropic|bedrock|claude/i;
const servedTogether = /openai|azure|google|gemini|openrouter|gateway|mistral|xai|deepseek/i;

/** Anthropic and Bedrock count the cache apart from the input; of a model's name alone, Claude's tells as much. */
const countsApart = ({model, provider}: Circumstances): boolean =>
	provider !== undefined && (servedApart.test(provider) || servedTogether.test(provider))
		? servedApart.test(provider)
		: servedApart.test(model ?? '');

type Clamped = {readonly input: number; readonly read: number; readonly write: number; readonly output: number};

/** What `input` contains, by what proves it, else by the writer's rule. */
const containedIn = (counts: Counts, clamped: Clamped, circumstances: Circumstances): Contains => {
	const {input, read, write, output} = clamped;
	const {contains, total} = counts;
	if (contains === 'apart-unless-openai' && /\b(?:openai|gpt)\b/i.test(circumstances.model ?? '')) {
		return read + write <= input ? 'reads-and-writes' : 'nothing';
	}
	if (counts.totalDecides && total !== undefined && read + write > 0) {
		if (total - output === input) {
			return 'reads-and-writes';
		}
		if (total - output === input + read + write) {
			return 'nothing';
		}
	}
	// Gateways speak OpenAI's language with Anthropic's numbers; what LiteLLM itself wrote has the reads inside.
	if (contains === 'as-litellm' && read > input && total !== undefined && total - output === input + read + write) {
		return 'nothing';
	}
	if (counts.totalDecides && read + write > input) {
		return 'nothing';
	}
	if (contains === 'by-provider') {
		return countsApart(circumstances) ? 'nothing' : 'reads-and-writes';
	}
	return contains === 'apart-unless-openai' ? 'nothing' : contains;
};

/** The normalised usage. Numbers that cannot be are brought to the nearest that can, and the usage is then partial. */
export const settle = (counts: Counts, circumstances: Circumstances): Usage => {
	const clamped = {
		input: clamp(counts.input),
		read: clamp(counts.read),
		write: clamp(counts.write),
		output: clamp(counts.output),
	};
	const {input, read, write, output} = clamped;
	const writeOneHour = Math.min(write, clamp(counts.writeOneHour));
	const isSound =
		isPossible(counts.input) &&
		isPossible(counts.read) &&
		isPossible(counts.write) &&
		isPossible(counts.writeOneHour) &&
		isPossible(counts.output) &&
		counts.input !== undefined &&
		!counts.incomplete;
	if (counts.cacheUnknown || !countsAnything(counts)) {
		return {
			// What was written, and stands beside the input, was paid for all the same.
			uncached: counts.contains === 'nothing' ? input + write : input,
			cacheRead: 0,
			cacheWrite5m: 0,
			cacheWrite1h: 0,
			output,
			accuracy: isSound ? 'exact' : 'partial',
			cacheUnknown: true,
		};
	}
	const contains = containedIn(counts, clamped, circumstances);
	if (contains === 'as-litellm') {
		const {model, time, promptTokens} = circumstances;
		return toUsage(
			{prompt: input, read, write, writeOneHour, completion: output, total: counts.total},
			{model, time, oneHour: false, accuracy: isSound && read <= input ? undefined : 'partial', promptTokens},
		);
	}
	// Gateways are known that pass the reads on without adding them to the input.
	const isInside = contains === 'reads-and-writes' && read <= input;
	const fits = contains === 'nothing' || read + write <= input;
	return {
		uncached: isInside ? Math.max(0, input - read - write) : input,
		cacheRead: read,
		cacheWrite5m: write - writeOneHour,
		cacheWrite1h: writeOneHour,
		output,
		accuracy: isSound && fits ? 'exact' : 'partial',
	};
};
