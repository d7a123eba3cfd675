import type {Plan, Usage} from '../request.js';
import type {TrueUsage} from './accounting.js';
import type {ServedCall, SimulatedCause} from './serve-call.js';
import type {Generation} from './writing/generation.js';
import type {OutcomeDetail, Script} from './writing/script.js';

/** A call as its log lines report it: what a reader of the log must count. */
export type RequestFacts = {
	/** Epoch milliseconds of the line with the usage, else of the last line of the plan. */
	readonly time: number;
	readonly thread: string;
	readonly model: string;
	/** Undefined if the log's level hides all lines of the plan. */
	readonly plan: Plan | undefined;
	/** Undefined if the log's level hides all lines with usage. */
	readonly usage: Usage | undefined;
	/** True if the log says that the cached blocks were dropped before this call. */
	readonly rebuilt: boolean;
	/** `prompt_tokens` as logged. */
	readonly prompt: number;
	/** What the provider really did, which the log need not report. */
	readonly truth: TrueUsage;
	/** What invalidated the cache before this call. */
	readonly cause: SimulatedCause | undefined;
};

const usageOf = ({call}: ServedCall, generation: Generation, detail: OutcomeDetail): Usage => {
	const {prompt, completion, cacheRead, cacheWrite} = call.reported;
	const seen = detail === 'full' ? cacheWrite : 0;
	const inPrompt = generation.promptIncludesWrites(call.model) ? cacheWrite : 0;
	return {
		uncached: prompt - cacheRead - inPrompt,
		cacheRead,
		cacheWrite5m: generation.lifetime === '5m' ? seen : 0,
		cacheWrite1h: generation.lifetime === '1h' ? seen : 0,
		output: completion,
		accuracy: detail === 'full' ? call.accuracy : 'partial',
	};
};

/**
 * The facts of a call as far as its log lines report them.
 * @param time of the line that ends the call, in epoch milliseconds
 */
export const factsOf = (script: Script, served: ServedCall, generation: Generation, time: number): RequestFacts => {
	const {call, truth, cause} = served;
	const outcome = script.outcome();
	return {
		time,
		thread: call.thread,
		model: call.model,
		plan: script.visiblePlan(),
		usage: outcome === undefined ? undefined : usageOf(served, generation, outcome.detail),
		// Only this generation logs it.
		rebuilt: generation.marks === 'stored-chunks' && call.rebuilt,
		prompt: call.reported.prompt,
		truth,
		cause,
	};
};
