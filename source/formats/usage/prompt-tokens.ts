/**
 * What LiteLLM's "prompt tokens" include depends on provider and version: always reads; but not writes in its Anthropic
 * path up to 1.77.3 and its Bedrock path up to 1.78.0. Decided by evidence in the line, else by the date of the log,
 * and only here.
 */

import type {Usage} from '../../request.js';
import type {UsageNumbers} from '../backends/agentpress/usage-text.js';
import type {PromptTokens} from '../format.js';

const anthropicIncludesWritesFrom = Date.UTC(2025, 9, 1);
const bedrockIncludesWritesFrom = Date.UTC(2025, 9, 7);

/** Logged names of models whose calls take LiteLLM's Bedrock path, and its Anthropic path. */
const bedrock = /^(?:bedrock|converse)\/|(?:^|\.)anthropic\./i;
const anthropic = /^(?:anthropic\/|claude)/i;

const writesExcluded = (
	numbers: Required<Pick<UsageNumbers, 'prompt' | 'read' | 'write'>> & UsageNumbers,
	model: string,
	time: number,
	override: PromptTokens | undefined,
): boolean => {
	const {prompt = 0, read = 0, write = 0, total, completion} = numbers;
	if (read + write > prompt) {
		return true;
	}
	if (override) {
		return override === 'written-excluded';
	}
	if (bedrock.test(model)) {
		// AWS's own total includes writes.
		return total !== undefined && completion !== undefined && write > 0
			? total - completion === prompt + write
			: time < bedrockIncludesWritesFrom;
	}
	return time < anthropicIncludesWritesFrom && anthropic.test(model);
};

/**
 * The usage in outcome lines.
 * @param oneHour true if the plan asked for the 1-hour cache and no line reports the lifetimes of writes
 */
export const toUsage = (
	numbers: UsageNumbers,
	options: {
		readonly model: string | undefined;
		readonly time: number;
		readonly oneHour: boolean;
		readonly accuracy: Usage['accuracy'] | undefined;
		readonly promptTokens: PromptTokens | undefined;
	},
): Usage => {
	const read = numbers.read ?? 0;
	const write = numbers.write ?? 0;
	const output = numbers.completion ?? 0;
	const written1h = Math.min(write, numbers.writeOneHour ?? (options.oneHour ? write : 0));
	const complete = numbers.prompt !== undefined && numbers.read !== undefined && numbers.write !== undefined;
	// Without prompt tokens, the total (including output) is the closest number.
	const prompt = numbers.prompt ?? Math.max(numbers.total ?? 0, read + write);
	const excluded =
		numbers.prompt !== undefined &&
		writesExcluded(
			{prompt, read, write, total: numbers.total, completion: numbers.completion},
			options.model ?? '',
			options.time,
			options.promptTokens,
		);
	if (numbers.prompt !== undefined && numbers.read === undefined) {
		return {
			uncached: excluded ? prompt + write : prompt,
			cacheRead: 0,
			cacheWrite5m: 0,
			cacheWrite1h: 0,
			output,
			accuracy: options.accuracy ?? 'partial',
			cacheUnknown: true,
		};
	}
	return {
		uncached: Math.max(0, excluded ? prompt - read : prompt - read - write),
		cacheRead: read,
		cacheWrite5m: write - written1h,
		cacheWrite1h: written1h,
		output,
		accuracy: options.accuracy ?? (complete ? 'exact' : 'partial'),
	};
};
