import type {Usage} from '../../request.js';
import type {PromptTokens} from '../format.js';
import {toUsage} from './prompt-tokens.js';

/** What a writer's input tokens include besides uncached ones. */
export type Contains =
	| 'nothing'
	| 'reads-and-writes'
	/** Reads always; writes depending on LiteLLM's version. */
	| 'as-litellm'
	/** Nothing if Anthropic or Bedrock served the model, else reads and writes. */
	| 'by-provider'
	/** Nothing; for OpenAI's models reads and writes, if they fit. */
	| 'apart-unless-openai';

/** Tokens as a usage object reports them, before normalisation; may be impossible. */
export type Counts = {
	/** What the provider calls input or prompt tokens. */
	readonly input: number | undefined;
	readonly read: number | undefined;
	readonly write: number | undefined;
	/** The part of `write` with a lifetime of one hour. */
	readonly writeOneHour?: number | undefined;
	readonly output: number | undefined;
	/** Input plus output. */
	readonly total?: number | undefined;
	readonly contains: Contains;
	/** Writers with these names differ in what `input` includes; if `total` proves one of the two, it decides. */
	readonly totalDecides?: boolean | undefined;
	/** Set if the line has no cache field, and its writer does not omit zeros. */
	readonly cacheUnknown?: boolean | undefined;
	/** Set if the writer omits some of the cache's numbers, or sums several calls. */
	readonly incomplete?: boolean | undefined;
};

/** What determines how the numbers of a request are interpreted. */
type Circumstances = {
	readonly model: string | undefined;
	/** Who served the model, as logged. */
	readonly provider?: string | undefined;
	/** Epoch milliseconds. */
	readonly time: number;
	readonly promptTokens: PromptTokens | undefined;
};

/** Larger numbers are not counts. */
const mostTokens = 1e12;

/** True if a model did anything: failed calls are often logged with zeros. */
export const countsAnything = ({input, read, write, output}: Counts): boolean =>
	isTold(input) || isTold(read) || isTold(write) || isTold(output);

/** True if something was counted: missing values and zero say nothing. */
const isTold = (count: number | undefined): boolean => count !== undefined && count !== 0;

/** True if it is a possible number of tokens. */
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

/**
 * Anthropic and Bedrock count the cache separately from the input; if only the model is known, a Claude model suffices.
 */
const countsApart = ({model, provider}: Circumstances): boolean =>
	provider !== undefined && (servedApart.test(provider) || servedTogether.test(provider))
		? servedApart.test(provider)
		: servedApart.test(model ?? '');

type Clamped = {readonly input: number; readonly read: number; readonly write: number; readonly output: number};

/** What `input` includes, by evidence, else by the writer's rule. */
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
	// Gateways may use OpenAI's names with Anthropic's numbers; LiteLLM itself includes the reads.
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

/** Normalises usage. Impossible numbers are replaced by the nearest possible ones, and the usage is then partial. */
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
			// Tokens that were written in addition to the input were paid for.
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
	// Some gateways report reads without adding them to the input.
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
