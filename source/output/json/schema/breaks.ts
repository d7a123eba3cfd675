import * as v from 'valibot';
import {breakCauses} from '../../../metrics/breaks/loss.js';
import {costOrNull, count, countOrNull, described, list, oneOf, text, textOrNull} from './values.js';

/** Losses in total, without causes. */
export const lossSchema = v.strictObject({
	total: countOrNull('Requests that lost cached tokens.'),
	lost_tokens: countOrNull('Tokens that were in the cache, were not read, and were paid for again.'),
	lost_cost: costOrNull('What they cost above the price of reading them.'),
});

const causeSchema = v.strictObject({
	cause: oneOf(breakCauses, 'reported: the provider gave the reason. All others are inferred.'),
	reported: described(v.boolean(), 'Whether the provider gave the cause of all of them.'),
	breaks: count('Requests.'),
	unpriced: count('Those of them by models without a price.'),
	lost_tokens: count('Tokens.'),
	lost_cost: costOrNull('What those with a price cost.'),
});

/** Breaks of a window, in total and by cause. */
export const breaksSchema = v.strictObject({
	...lossSchema.entries,
	unpriced: count('Those of them by models without a price: `lost_cost` is that of the others.'),
	provisional: count(
		'Those of them that may still turn out to be another conversation beside the one that seems broken.',
	),
	by_cause: list(causeSchema, 'Most expensive first.'),
});

const from = (least: number, meaning: string) =>
	v.pipe(v.number(), v.integer(), v.minValue(least), v.description(meaning));

const suspectSchema = v.strictObject({
	kind: text('What happened, as in `slash command`.'),
	detail: textOrNull('Which one, by its name; null for all of the kind together.'),
	breaks: from(3, 'Such breaks right after it.'),
	requests: from(3, 'All requests right after it.'),
	lift: v.pipe(v.number(), v.minValue(2), v.description('Its share of such breaks against its share of requests.')),
	lost_cost: costOrNull('What the breaks after it cost.'),
});

const survivedSchema = v.strictObject({
	cluster: oneOf(['client', 'project', 'thread'], 'What the breaks have in common.'),
	name: text('Its name.'),
	read: count('Tokens that were read from the cache each time.'),
	breaks: from(3, 'Breaks that read as many.'),
	of: from(3, 'All such breaks of it.'),
});

/** Breaks of the report's window, with what happened before them. */
export const explainedBreaksSchema = v.strictObject({
	...breaksSchema.entries,
	by_suspect: list(
		suspectSchema,
		'What the log says happened before breaks of no evident cause, more often than before other requests. The highest lift first; from 3 breaks and a lift of 2 on.',
	),
	survived: list(
		survivedSchema,
		'Where such breaks of a client, project or thread stopped reading, most breaks first.',
	),
	looked_at: described(
		v.strictObject({breaks: count('Breaks.'), requests: count('Requests.')}),
		'How many of the newest breaks and requests `survived` and `by_suspect` were counted over. No requests where no event stands before enough breaks.',
	),
});

/** An event that the log reports before a request. */
export const threadEventSchema = v.strictObject({
	kind: text('What happened, as in `slash command`.'),
	detail: textOrNull('Which one, by its name.'),
});

/** Losses in the JSON report. */
export type LossJson = v.InferOutput<typeof lossSchema>;
/** Breaks of a window in the JSON report. */
export type BreaksJson = v.InferOutput<typeof breaksSchema>;
