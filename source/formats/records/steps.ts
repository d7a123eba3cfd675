import type {Iteration, Usage} from '../../request.js';
import {type JsonObject, objectOf, textOf} from '../json/json-values.js';
import {optionalCount, toldCount, usageOfParts} from './counts.js';

/** One of several calls to a model that an answer reports. */
export type Step = {
	/** Its kind in the answer's terms: `message`, `advisor_message`, `compaction`, `fallback_message`. */
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

/** The calls that the totals sum up, if there are several. */
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

/**
 * True if a step is not included in other numbers: a fallback stands for the answer itself, and the step that it
 * replaced is not included.
 */
export const isApart = ({kind}: Step, steps: readonly Step[]): boolean =>
	kind === 'fallback_message'
		? false
		: kind === 'message'
			? steps.some(other => other.kind === 'fallback_message')
			: true;

/** The agent of a step: that of the answer, or a name for the kind of step. */
export const agentOf = <Agent extends string | undefined>(kind: string, agent: Agent): Agent | string =>
	kind === 'message' ? agent : kind.replace(/_message$/, '');
