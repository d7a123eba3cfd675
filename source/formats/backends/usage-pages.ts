import {hash as digest} from 'node:crypto';
import type {Usage} from '../../request.js';
import type {Sum} from '../format.js';
import {type JsonObject, listOf, objectOf, textOf} from '../json/json-values.js';
import {countOf, optionalCount, tokensOf, toldCount, usageOfParts, usageOfWhole} from '../records/counts.js';

/** Maximum number of sums in a page; the services return fewer. */
const mostResults = 10_000;

/** A sum that a page reports, and what tells it from an equal one. */
export type PageSum = {readonly identity: string; readonly sum: Sum};

const objectsIn = (list: unknown): readonly JsonObject[] =>
	listOf(list)
		.map(objectOf)
		.filter(entry => entry !== undefined);

/** @see https://platform.openai.com/docs/api-reference/usage/completions_object */
const openAiUsage = (result: JsonObject): Usage | undefined =>
	/^organization\.usage\.[a-z_]{1,40}\.result$/.test(String(result.object))
		? usageOfWhole({
				input: toldCount(result.input_tokens),
				read: toldCount(result.input_cached_tokens),
				written: undefined,
				output: toldCount(result.output_tokens),
			})
		: undefined;

/** @see https://docs.anthropic.com/en/api/admin-api/usage-cost/get-messages-usage-report */
const anthropicUsage = (result: JsonObject): Usage | undefined => {
	if (!('uncached_input_tokens' in result)) {
		return undefined;
	}
	const lifetimes = objectOf(result.cache_creation);
	const short = optionalCount(lifetimes?.ephemeral_5m_input_tokens);
	const long = optionalCount(lifetimes?.ephemeral_1h_input_tokens);
	return usageOfParts({
		input: toldCount(result.uncached_input_tokens),
		read: toldCount(result.cache_read_input_tokens),
		written: lifetimes && (short ?? 0) + (long ?? 0),
		writtenOneHour: long,
		output: toldCount(result.output_tokens),
	});
};

/** @see https://docs.anthropic.com/en/api/claude-code-analytics-api */
const claudeCodeUsage = (entry: JsonObject): Usage | undefined => {
	// Others log a number beside the tokens of a call.
	const tokens = objectOf(entry.estimated_cost) ? objectOf(entry.tokens) : undefined;
	return (
		tokens &&
		usageOfParts({
			input: toldCount(tokens.input),
			read: toldCount(tokens.cache_read),
			written: toldCount(tokens.cache_creation),
			output: toldCount(tokens.output),
		})
	);
};

/** The entries of a page, a bucket of it, or one that stands alone. */
const resultsIn = (value: JsonObject): readonly JsonObject[] => {
	const lists = [value, ...objectsIn(value.data)].flatMap(({results, model_breakdown: byModel}) => [results, byModel]);
	const results = lists.flatMap(objectsIn);
	return results.length > 0 ? results.slice(0, mostResults) : [value];
};

/** What tells a bucket of a page from others with equal results: its period, and in Claude Code's reports its user. */
const keyOf = ({start_time, starting_at, date, actor}: JsonObject): string =>
	JSON.stringify([start_time, starting_at, date, actor]);

const sumOf = (result: JsonObject): Sum | undefined => {
	const usage = openAiUsage(result) ?? anthropicUsage(result) ?? claudeCodeUsage(result);
	return (
		usage && {
			id: textOf(result.model) ?? '',
			thread: undefined,
			requests: countOf(result.num_model_requests),
			tokens: tokensOf(usage),
		}
	);
};

/** A quick look, because every object in a log is looked at. */
const mayBePage = (value: JsonObject): boolean =>
	Array.isArray(value.data) ||
	Array.isArray(value.results) ||
	Array.isArray(value.model_breakdown) ||
	value.uncached_input_tokens !== undefined ||
	value.estimated_cost !== undefined ||
	value.num_model_requests !== undefined;

/** True if an object is a page of a usage API, or a part of one. */
export const isUsagePage = (value: JsonObject): boolean => {
	const [first] = mayBePage(value) ? resultsIn(value) : [];
	return first !== undefined && sumOf(first) !== undefined;
};

const none = [] as const;

/** The sums in a page of a usage API of OpenAI or Anthropic, or in a part of one; none in other objects. */
export const sumsInPage = (value: JsonObject): readonly PageSum[] => {
	if (!mayBePage(value)) {
		return none;
	}
	const buckets = objectsIn(value.data);
	return (buckets.length > 0 ? buckets : [value]).flatMap(bucket =>
		resultsIn(bucket).flatMap((result, index) => {
			const sum = sumOf(result);
			const text = `${keyOf(bucket)} ${index} ${JSON.stringify(result)}`;
			return sum ? [{identity: `page:${digest('sha1', text, 'base64url').slice(0, 12)}`, sum}] : [];
		}),
	);
};
