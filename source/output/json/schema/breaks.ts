import * as v from 'valibot';
import {breakCauses} from '../../../metrics/breaks/loss.js';
import {costOrNull, count, countOrNull, described, list, oneOf} from './values.js';

/** What requests lost: a total, without its causes. */
export const lossSchema = v.strictObject({
	total: countOrNull('Requests that lost cached tokens.'),
	lost_tokens: countOrNull('Tokens that were in the cache and had to be paid for again.'),
	lost_cost: costOrNull('What they cost above reading them from the cache.'),
});

const causeSchema = v.strictObject({
	cause: oneOf(breakCauses, 'reported: the provider gave the reason. All others are inferred.'),
	reported: described(v.boolean(), 'Whether the provider gave the cause of all of them.'),
	breaks: count('Requests.'),
	lost_tokens: count('Tokens.'),
	lost_cost: costOrNull('What they cost.'),
});

export const breaksSchema = v.pipe(
	v.strictObject({...lossSchema.entries, by_cause: list(causeSchema, 'Most expensive first.')}),
	v.description('Why cached tokens were lost. Nulls where nothing was measured.'),
);

export type BreaksJson = v.InferOutput<typeof breaksSchema>;
