import type {Iteration, Usage} from '../../request.js';
import {type JsonObject, objectOf, textOf} from '../json/json-values.js';
import {optionalCount, toldCount, usageOfParts} from './counts.js';

/** A call to a model that one answer reports beside others. */
export type Step = {
	/** As the answer names its kind: `message`, `advisor_message`, `compaction`, `fallback_message`. */
	readonly kind: string;
	/** Its index in the response's list of calls. */
	readonly index: number;
	readonly model: string | undefined;
	readonly usage: Usage;
};

/** One step of an agent's turn, from an entry with usage in Anthropic's names. */
export const stepOf = (entry: JsonObject, index: number): Step => {
	const lifetimes = objectOf(entry.cache_creation);
	return {
		kind: textOf(entry.type) ?? 'message',
		index,
		model: textOf(entry.model),
		usage: usageOfParts({
			input: toldCount(entry.input_tokens),
			read: toldCount(entry.cache_read_input_tokens),
			written: optionalCount(entry.cache_creation_input_tokens),
			writtenOneHour: optionalCount(lifetimes?.ephemeral_1h_input_tokens),
			output: toldCount(entry.output_tokens),
		}),
	};
};

/** The calls that the totals sum, where these are several. */
export const iterationsOf = (steps: readonly Step[]): readonly Iteration[] | undefined => {
	const messages = steps.filter(({kind}) => kind === 'message');
	return messages.length > 1
		? messages.map(({usage: {uncached, cacheRead, cacheWrite5m, cacheWrite1h}}) => ({
				uncached,
				cacheRead,
				cacheWrite5m,
				cacheWrite1h,
			}))
		: undefined;
};

/** Whether a step is in no other number: a fallback stands for the answer itself, and what it took over from does not. */
export const isApart = ({kind}: Step, steps: readonly Step[]): boolean =>
	kind === 'fallback_message'
		? false
		: kind === 'message'
			? steps.some(other => other.kind === 'fallback_message')
			: true;

/** Who made the call of a step: the answer's own agent, or what the step is called. */
export const agentOf = <Agent extends string | undefined>(kind: string, agent: Agent): Agent | string =>
	kind === 'message' ? agent : kind.replace(/_message$/, '');
