import * as v from 'valibot';
import {breakCauses} from '../../../metrics/breaks/loss.js';
import {accuracies} from '../../../request.js';
import {threadEventSchema} from './breaks.js';
import {
	costOrNull,
	countOrNull,
	described,
	dollarsOrNull,
	instantOrNull,
	oneOf,
	oneOfOrNull,
	ratioOrNull,
	text,
	textOrNull,
} from './values.js';

/** A request. */
export const eventSchema = v.strictObject({
	type: oneOf(
		['hit', 'miss', 'unmeasured'],
		'Outcome; what was intended, under a planned basis. unmeasured: the log does not say what was read from the cache.',
	),
	tokens: ratioOrNull('Read from the cache; planned: in the marked blocks. 0 for a miss.'),
	block: countOrNull('The highest block marked for caching.'),
	timestamp: instantOrNull('Of the outcome; of the plan where there is none. Null where the log has no time.'),
	id: text('The same for the same request wherever and whenever it is read.'),
	thread: textOrNull('The conversation.'),
	project: textOrNull('The project.'),
	branch: textOrNull('The branch that the repository of the project was on.'),
	source: text('The log it was read from.'),
	line: countOrNull('The number of its line in that log; null where lines do not keep their numbers.'),
	host: textOrNull('The machine.'),
	agent: textOrNull('Who sent it within its thread.'),
	provider: textOrNull('Who served the model.'),
	model: textOrNull('As logged.'),
	uncached: countOrNull('Tokens neither read from nor written to the cache.'),
	cache_read: countOrNull('Tokens read from the cache.'),
	cache_write_5m: countOrNull('Tokens written for 5 minutes.'),
	cache_write_1h: countOrNull('Tokens written for 1 hour.'),
	output: countOrNull('Output tokens.'),
	accuracy: oneOfOrNull(accuracies, 'How well its tokens are known. Null without usage.'),
	original_cost: costOrNull('Input without a cache.'),
	cached_cost: costOrNull('Input with the cache.'),
	savings: dollarsOrNull('original_cost - cached_cost.'),
	output_cost: costOrNull('Output.'),
	lost_tokens: countOrNull('Cached tokens that it lost. Null where it lost none.'),
	lost_cost: costOrNull('What they cost.'),
	cause: oneOfOrNull(breakCauses, 'Why it lost them.'),
	cause_detail: textOrNull("The provider's reason, or the evidence, in words."),
	suspects: described(
		v.nullable(v.pipe(v.array(threadEventSchema), v.readonly())),
		'Of a break: what the log says happened since the request before it in its thread. Null for other requests.',
	),
	provisional: described(v.boolean(), 'The break may still turn out to be another conversation.'),
});

/** A request in the JSON report, an element of `cache_events`. */
export type EventJson = v.InferOutput<typeof eventSchema>;
