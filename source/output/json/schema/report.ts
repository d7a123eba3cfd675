/**
 * The one definition of the JSON report. It provides the types that `json.ts` must satisfy, the checks in tests, and
 * (with `npm run schema`) the published JSON Schema. A new key is one line here and one where it is written.
 */
import * as v from 'valibot';
import {policies} from '../../../metrics/money/what-if.js';
import {severities} from '../../../metrics/recommendations/recommendation.js';
import {schemaVersion} from '../schema-version.js';
import {breaksSchema, explainedBreaksSchema, lossSchema} from './breaks.js';
import {coldStartsSchema, costPartsSchema, warmSchema} from './costs.js';
import {eventSchema} from './event.js';
import {basisSchema, coreFiguresSchema, figuresSchema, moreFiguresSchema} from './figures.js';
import {coldGroupSchema, groupSchema} from './group.js';
import {logSchema, problemSchema, skippedSchema, sumSchema} from './logs.js';
import {
	cost,
	costOrNull,
	count,
	countOrNull,
	described,
	dollars,
	dollarsOrNull,
	instant,
	list,
	oneOf,
	percentOrNull,
	ratioOrNull,
	text,
	textOrNull,
} from './values.js';

const windowSchema = v.strictObject({
	from: instant('Its beginning, part of it.'),
	to: instant('Its end, not part of it.'),
	name: text('A length such as 90m, 24h, 7d or 2w; all, custom, or since and the name of a mark.'),
	tz: text('IANA time zone of the renderings for people; instants here are in UTC all the same.'),
});

const filterSchema = v.strictObject({
	model: textOrNull('A piece of the model.'),
	project: textOrNull('A piece of the project.'),
	thread: textOrNull('A piece of the thread.'),
	agent: textOrNull('A piece of the agent.'),
	provider: textOrNull('A piece of the provider.'),
	host: textOrNull("A piece of the machine's name."),
	text: textOrNull('A piece of the model, the project, the thread or the log.'),
});

const blockSchema = v.strictObject({
	number: count('1 is the system prompt.'),
	requests: count('Requests that marked it.'),
	share: percentOrNull('Of the requests that marked anything.'),
	tokens: ratioOrNull('Tokens in it; null where the log has none.'),
	average_tokens: ratioOrNull('Tokens per marking.'),
	series: list(count('Requests.'), 'Requests that marked it, per equal slice of the window, oldest first.'),
});

const blocksSchema = v.strictObject({
	usage: list(blockSchema, 'By number.'),
	at_limit: count('Requests that marked as many blocks as the API allows.'),
	below_minimum: countOrNull(
		"Requests that marked less than the model's minimum, which does nothing; null where the level of the log hides blocks.",
	),
	too_small: count('Requests in which a part of the prompt was left unmarked as too small.'),
	unsupported: count('Requests to a model that the application knows not to cache.'),
	reused: count('Requests that used stored blocks again.'),
});

const policySchema = v.strictObject({
	policy: oneOf(policies, 'as-is: what was done. five-minutes, one-hour: every write for that long.'),
	cost: cost('The input, writes included.'),
	savings: dollars('Against no-cache; negative is a loss.'),
	cheapest: described(
		v.boolean(),
		'The cheapest of the three that can be chosen; false for all where they cost the same.',
	),
});

const recommendationSchema = v.strictObject({
	id: text('Stable.'),
	severity: oneOf(severities, 'How much it matters.'),
	evidence: text('One sentence with its numbers.'),
	action: text('One thing to do.'),
	cost: costOrNull('What it cost in this window.'),
	worth_per_day: dollarsOrNull('What it is worth a day; a window of less than a day counts as one.'),
	worth_per_month: dollarsOrNull('What it is worth a month. Null where the requests cover less than a day.'),
});

const pointSchema = v.strictObject({
	time: instant('Beginning of the slice.'),
	total_events: count('Requests, as in the whole window: unmeasured ones included.'),
	cache_hits: count('Hits.'),
	hit_rate: percentOrNull('Null where nothing happened.'),
	token_hit_rate: percentOrNull('Null where nothing was measured.'),
	savings: dollarsOrNull('Net.'),
});

const previousSchema = v.strictObject({
	from: instant('Its beginning.'),
	to: instant('Its end.'),
	basis: basisSchema,
	...figuresSchema.entries,
	breaks: described(breaksSchema, 'Why cached tokens were lost. Nulls where nothing was measured.'),
});

const comparisonSchema = v.strictObject({
	window: described(windowSchema, 'Which requests it is of: those of this time.'),
	filter: described(v.nullable(filterSchema), 'Which of them, by pieces of names; null for all.'),
	basis: basisSchema,
	...figuresSchema.entries,
	cost_parts: described(v.nullable(costPartsSchema), 'Where the money went; null without usage or without a price.'),
	cold_starts: described(coldStartsSchema, 'Conversations with the cache that began.'),
	breaks: described(breaksSchema, 'Why cached tokens were lost. Nulls where nothing was measured.'),
});

/** The whole JSON report; `npm run schema` generates its JSON Schema from this. */
export const reportSchema = v.pipe(
	v.strictObject({
		...coreFiguresSchema.entries,
		blocks_usage: described(
			v.record(v.pipe(v.string(), v.regex(/^\d+$/)), v.pipe(v.number(), v.integer(), v.minValue(1))),
			'Requests that marked a block, by its number.',
		),
		generated_at: instant('When the report was made.'),
		schema_version: described(
			v.literal(schemaVersion),
			'Changes when a key changes its meaning or goes; new keys leave it.',
		),
		basis: basisSchema,
		window: described(windowSchema, 'What the report is about: requests of this time.'),
		filter: described(
			v.nullable(filterSchema),
			"Which of the window's requests the report is about, by pieces of names, whatever their case; null for all of them.",
		),
		...moreFiguresSchema.entries,
		models: list(
			groupSchema,
			'By model, most requests first; here and in the other lists of groups, among equals the one with the latest request, then the first by name.',
		),
		threads: list(groupSchema, 'By thread, most requests first.'),
		left_out: described(
			v.strictObject({
				threads: count('Threads beyond those listed.'),
				events: count('Requests beyond those listed in cache_events.'),
				sources: count('Logs beyond those listed, of which each has fewer requests.'),
				projects: count('Projects beyond those listed, of which each has fewer requests.'),
				hosts: count('Machines beyond those listed, of which each has fewer requests.'),
			}),
			'How many threads, requests, logs, projects and machines are counted and not listed.',
		),
		projects: list(coldGroupSchema, 'By project, most requests first.'),
		agents: list(coldGroupSchema, 'By agent, most requests first.'),
		providers: list(groupSchema, 'By provider, most requests first.'),
		hosts: list(groupSchema, 'By machine, where the log or the fleet names it, most requests first.'),
		sources: list(groupSchema, 'By log, most requests first.'),
		blocks: described(blocksSchema, 'The cache blocks of the plans.'),
		breaks: described(explainedBreaksSchema, 'Why cached tokens were lost. Nulls where nothing was measured.'),
		small_losses: described(
			lossSchema,
			'Losses that are too small to be breaks, of caches whose requests mark what is cached.',
		),
		small_losses_automatic: described(
			lossSchema,
			'The same of caches that fill by themselves: nobody can act on them.',
		),
		cold_starts: described(
			coldStartsSchema,
			'Conversations with the cache that began: what their first requests paid for, all but reads.',
		),
		cost_parts: described(
			v.nullable(costPartsSchema),
			'Where the money went: four parts that add up to cached_cost. Null without usage or without a price.',
		),
		warm: described(warmSchema, 'Conversations that are in the cache now, whatever the window.'),
		what_if: described(
			v.nullable(v.pipe(v.array(policySchema), v.readonly(), v.length(policies.length))),
			'What the same requests would have cost under other ways to use the cache. Null without usage or without a price.',
		),
		what_if_assumption: textOrNull('What what_if assumes, in words. Null without it.'),
		recommendations: list(recommendationSchema, 'By worth, then severity.'),
		series: list(pointSchema, 'The window in equal slices, oldest first.'),
		marks: list(
			v.strictObject({name: text('What happened.'), time: instant('When.')}),
			'Named instants of the window (deploys, new versions of a client), oldest first; the newest 100.',
		),
		previous: described(
			v.nullable(previousSchema),
			'The window of the same length just before; null where the logs do not reach back that far.',
		),
		comparison: described(
			v.nullable(comparisonSchema),
			'The window or the group that --compare names, with the figures of the report under the same keys; null without it.',
		),
		logs: list(logSchema, 'The logs that were read, by name.'),
		sums: list(
			sumSchema,
			'What logs keep as sums only, of a session or a turn: in no rate, break or thread. The largest first, among equals by name, 100 at most.',
		),
		skipped: described(skippedSchema, 'Lines skipped, or counted with doubt.'),
		problems: list(problemSchema, 'What kept logs from being read.'),
		cache_events: v.optional(list(eventSchema, 'One entry per request, newest last. Left out with --no-events.')),
	}),
	v.title('hitrate report'),
	v.description(
		'What hitrate knows about the prompt cache in one window of time. n/a is null. Percentages are 0–100, money is dollars, instants are ISO 8601 in UTC.',
	),
);

/** A report as plain data: percentages 0–100, dollars, instants in ISO 8601 in UTC; n/a is null. */
export type ReportJson = v.InferOutput<typeof reportSchema>;
