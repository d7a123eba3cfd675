import {isBedrock, type ModelRules} from './model-rules.js';
import type {Cost} from './simulated-call.js';
import type {Generation} from './writing/generation.js';
import type {ReportedUsage} from './writing/usage-text.js';

/** The backend bills the provider's price times this. */
const markup = 1.2;

/** What the provider did with the input of a call. */
export type TrueUsage = {
	readonly uncached: number;
	readonly cacheRead: number;
	readonly cacheWrite: number;
	readonly output: number;
};

/** The usage that the library reports; an estimate has no cache counts. */
export const report = (truth: TrueUsage, model: string, generation: Generation, exact: boolean): ReportedUsage => {
	const {uncached, cacheRead, cacheWrite, output} = truth;
	const input = uncached + cacheRead + cacheWrite;
	if (!exact) {
		return {prompt: input, completion: output, total: input + output, cacheRead: 0, cacheWrite: 0};
	}

	const prompt = generation.promptIncludesWrites(model) ? input : uncached + cacheRead;
	// Bedrock's own total includes cache writes even if LiteLLM's prompt tokens do not.
	const total = (isBedrock(model) ? input : prompt) + output;
	return {prompt, completion: output, total, cacheRead, cacheWrite};
};

/** The amounts that the backend bills. */
export const billed = (usage: ReportedUsage, rules: ModelRules, generation: Generation): Cost => {
	const {prompt, completion} = usage;
	const perToken = markup / 1_000_000;
	const written = generation.billsWrites ? usage.cacheWrite : 0;
	const cacheRead = usage.cacheRead * rules.cacheRead * perToken;
	const cacheWrite = written * rules.cacheWrite * perToken;
	const fresh = Math.max(0, prompt - usage.cacheRead - written);
	const regular = (fresh * rules.input + completion * rules.output) * perToken;
	return {cacheRead, cacheWrite, regular, total: cacheRead + cacheWrite + regular};
};
