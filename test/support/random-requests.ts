import fc from 'fast-check';
import {type Counted, coldKinds, coldStart, type Facts} from '../../source/metrics/breaks/facts.js';
import {breakCauses} from '../../source/metrics/breaks/loss.js';
import type {ModelPrices} from '../../source/metrics/money/pricing.js';
import {accuracies, type Request, untimed} from '../../source/request.js';

/** Any characters, also those that a quoted text has to escape, and halves of pairs. */
const anyText = fc.oneof(
	fc.string({unit: 'binary', maxLength: 12}),
	fc.constantFrom('', "it's", 'a\\b', '\\', "\\'", '\0', '\u001b[31m', '\ud800', '🦄 päth/ロ', '"', '\t\n\r'),
);
const tokens = fc.oneof(fc.nat(200_000), fc.constantFrom(0, 1e9));
const optional = <Value>(values: fc.Arbitrary<Value>) => fc.option(values, {nil: undefined});
const paid = {oneHour: tokens, fiveMinutes: tokens, input: tokens};

const usages = fc.record(
	{
		uncached: tokens,
		cacheRead: tokens,
		cacheWrite5m: tokens,
		cacheWrite1h: tokens,
		output: tokens,
		accuracy: fc.constantFrom(...accuracies),
		cacheUnknown: fc.constant(true as const),
	},
	{requiredKeys: ['uncached', 'cacheRead', 'cacheWrite5m', 'cacheWrite1h', 'output', 'accuracy']},
);

const plans = fc.record(
	{
		blocks: fc.array(fc.record({number: fc.nat(8), tokens: optional(tokens), reused: fc.boolean()}), {maxLength: 6}),
		skipped: fc.array(
			fc.record({part: fc.constantFrom('system' as const, 'conversation' as const), tokens: optional(tokens)}),
			{maxLength: 2},
		),
		unsupported: fc.boolean(),
		hidden: fc.constant(true as const),
	},
	{requiredKeys: ['blocks', 'skipped', 'unsupported']},
);

const iterations = fc.record({uncached: tokens, cacheRead: tokens, cacheWrite5m: tokens, cacheWrite1h: tokens});

/** Requests with all that a log may tell, or without. */
export const randomRequests: fc.Arbitrary<Request> = fc.record(
	{
		id: anyText,
		time: fc.oneof(fc.integer({min: 0, max: Date.UTC(2100, 0)}), fc.constantFrom(untimed, -1, 8.64e15)),
		thread: optional(anyText),
		project: optional(anyText),
		source: anyText,
		host: optional(anyText),
		model: optional(fc.oneof(anyText, fc.constantFrom('claude-sonnet-4-5', 'gpt-5.1'))),
		plan: optional(plans),
		usage: optional(usages),
		missReason: optional(anyText),
		rebuilt: fc.boolean(),
		start: fc.nat(),
		agent: anyText,
		agentId: anyText,
		branch: anyText,
		line: fc.integer({min: 1, max: 1e12}),
		provider: anyText,
		client: anyText,
		settings: fc.record({speed: anyText, effort: anyText}, {requiredKeys: []}),
		priceFactors: fc.record({speed: fc.constant('fast' as const), inferenceGeo: anyText}, {requiredKeys: []}),
		missTokens: tokens,
		iterations: fc.array(iterations, {maxLength: 3}),
		events: fc.array(fc.record({kind: anyText, detail: anyText}, {requiredKeys: ['kind']}), {maxLength: 3}),
		replica: fc.boolean(),
		planOnly: fc.constant(true),
	},
	{
		requiredKeys: [
			'id',
			'time',
			'thread',
			'project',
			'source',
			'host',
			'model',
			'plan',
			'usage',
			'missReason',
			'rebuilt',
		],
	},
);

const randomFacts = fc.record({
	gap: optional(fc.integer({min: -1, max: 1e10})),
	loss: optional(
		fc.record({
			cause: fc.constantFrom(...breakCauses),
			detail: anyText,
			gap: optional(fc.nat()),
			provisionalUntil: optional(fc.nat()),
			...paid,
		}),
	),
	small: optional(fc.record({automatic: fc.boolean(), ...paid})),
	cold: optional(fc.constantFrom(...coldKinds)),
	readFiveMinutes: tokens,
	readOneHour: tokens,
});

/** Requests with facts of any kind: more than follow from threads that there are. */
export const randomCounted: fc.Arbitrary<Counted> = fc.tuple(randomRequests, randomFacts).map(
	([request, {cold, ...facts}]): Counted => ({
		request,
		facts: {...facts, cold: cold && request.usage && coldStart(cold, request.usage)} satisfies Facts,
	}),
);

const picodollars = fc.bigInt({min: 0n, max: 10n ** 15n});

export const randomPrices: fc.Arbitrary<ModelPrices> = fc.record({
	input: picodollars,
	cacheRead: picodollars,
	cacheWrite5m: picodollars,
	cacheWrite1h: picodollars,
	output: optional(picodollars),
	from: anyText,
	derived1h: fc.boolean(),
});
