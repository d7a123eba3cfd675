/** Where the money went. */
import * as v from 'valibot';
import {coldKinds} from '../../../metrics/breaks/facts.js';
import {cost, costOrNull, count, instantOrNull, list, oneOf} from './values.js';

const coldTotal = {
	total: count('How many.'),
	tokens: count('Their tokens, but those that they read.'),
	cost: costOrNull('What these tokens cost.'),
};

/** Cold starts: chains that began without anything in the cache. */
export const coldStartsSchema = v.strictObject({
	...coldTotal,
	by_kind: list(
		v.strictObject({
			kind: oneOf(
				coldKinds,
				'switched: the chain went on under its old model. shrunk: a far smaller prompt. together: sent with others. first of its thread. side: beside a chain that goes on.',
			),
			...coldTotal,
		}),
		'Most expensive first.',
	),
});

/** The parts of the input's cost, which add up to it. */
export const costPartsSchema = v.strictObject({
	first_writes: cost('All but reads of the requests that began a conversation with the cache.'),
	growth: cost('What later requests added, and what is in no such conversation.'),
	reads: cost('Reads, and what was lost at the price of reading it.'),
	lost: cost('What breaks and small losses cost above the price of reading.'),
});

/** Chains that are in the cache now. */
export const warmSchema = v.strictObject({
	chains: count('How many.'),
	tokens: count('Tokens that they hold.'),
	at_stake: costOrNull('What writing them again costs above reading them.'),
	next_expiry: instantOrNull('When the first of them expires unless it is read.'),
});

/** Cold starts in the JSON report. */
export type ColdStartsJson = v.InferOutput<typeof coldStartsSchema>;
/** The parts of the cost in the JSON report. */
export type CostPartsJson = v.InferOutput<typeof costPartsSchema>;
