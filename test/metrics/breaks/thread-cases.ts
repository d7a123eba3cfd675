import type {ColdKind} from '../../../source/metrics/breaks/facts.js';
import type {BreakCause} from '../../../source/metrics/breaks/loss.js';
import type {Request} from '../../../source/request.js';

/** Seconds since the first; tokens uncached, read, written for five minutes and for an hour; what else is told. */
export type Row = readonly [
	second: number,
	uncached: number,
	read: number,
	write5m: number,
	write1h: number,
	told?: Partial<
		Pick<
			Request,
			'model' | 'agent' | 'agentId' | 'provider' | 'client' | 'rebuilt' | 'missReason' | 'missTokens' | 'settings'
		>
	> & {
		/** Seconds since the first at which it was sent. */
		readonly sent?: number;
	},
];

/** A thread, and what is to be found in it: worked out by hand. */
export type ThreadCase = {
	readonly name: string;
	readonly rows: readonly Row[];
	readonly breaks: readonly (readonly [cause: BreakCause, lost: number])[];
	/** How many small losses, and their tokens. */
	readonly small: readonly [count: number, tokens: number];
	/** Kinds of cold starts, sorted. */
	readonly cold: readonly ColdKind[];
};

/** The model is Claude Sonnet 4.5 and the agent `main` unless told otherwise. */
export const threadCases: readonly ThreadCase[] = [
	{
		name: 'gap over 5 minutes',
		rows: [
			[0, 10, 0, 60_000, 0],
			[60, 10, 60_000, 2000, 0],
			[460, 10, 0, 62_500, 0],
		],
		breaks: [['expired', 62_000]],
		small: [0, 0],
		cold: ['first'],
	},
	{
		name: 'gap over an hour, 1-hour cache',
		rows: [
			[0, 10, 0, 0, 60_000],
			[60, 10, 60_000, 0, 2000],
			[4300, 10, 0, 0, 62_500],
		],
		breaks: [['expired', 62_000]],
		small: [0, 0],
		cold: ['first'],
	},
	{
		name: 'model switch in time',
		rows: [
			[0, 10, 0, 60_000, 0],
			[60, 10, 60_000, 2000, 0],
			[120, 10, 0, 62_800, 0, {model: 'claude-opus-4-5'}],
		],
		breaks: [['model-switched', 62_000]],
		small: [0, 0],
		cold: ['first'],
	},
	{
		name: 'gap of 50 minutes (5-minute cache) and model switch',
		rows: [
			[0, 10, 0, 60_000, 0],
			[60, 10, 60_000, 2000, 0],
			[3060, 10, 0, 62_800, 0, {model: 'claude-opus-4-5'}],
		],
		breaks: [['expired', 62_000]],
		small: [0, 0],
		cold: ['first'],
	},
	{
		name: 'compaction with a marker, 150 k to 24 k',
		rows: [
			[0, 10, 0, 150_000, 0],
			[60, 10, 150_000, 1000, 0],
			[120, 10, 15_000, 9000, 0, {rebuilt: true}],
		],
		breaks: [['rebuilt', 9010]],
		small: [0, 0],
		cold: ['first'],
	},
	{
		name: 'the same without a marker',
		rows: [
			[0, 10, 0, 150_000, 0],
			[60, 10, 150_000, 1000, 0],
			[120, 10, 15_000, 9000, 0],
		],
		breaks: [],
		small: [0, 0],
		cold: ['first', 'shrunk'],
	},
	{
		name: 'rewind, 152 k to 63 k, read whole',
		rows: [
			[0, 10, 0, 62_000, 0],
			[60, 10, 62_000, 90_000, 0],
			[120, 10, 62_000, 800, 0],
		],
		breaks: [],
		small: [0, 0],
		cold: ['first'],
	},
	{
		name: 'the provider says: messages changed',
		rows: [
			[0, 10, 0, 60_000, 0],
			[60, 10, 60_000, 2000, 0],
			[120, 10, 40_000, 22_500, 0, {missReason: 'messages_changed'}],
		],
		breaks: [['reported', 22_000]],
		small: [0, 0],
		cold: ['first'],
	},
	{
		name: 'the provider says: tools changed',
		rows: [
			[0, 10, 0, 60_000, 0],
			[60, 10, 60_000, 2000, 0],
			[120, 10, 0, 62_500, 0, {missReason: 'tools_changed'}],
		],
		breaks: [['reported', 62_000]],
		small: [0, 0],
		cold: ['first'],
	},
	{
		name: 'the provider says: system changed',
		rows: [
			[0, 10, 0, 60_000, 0],
			[60, 10, 60_000, 2000, 0],
			[120, 10, 0, 62_500, 0, {missReason: 'system_changed'}],
		],
		breaks: [['reported', 62_000]],
		small: [0, 0],
		cold: ['first'],
	},
	{
		name: 'the provider says that it found no message before, after 15 minutes',
		rows: [
			[0, 10, 0, 60_000, 0],
			[60, 10, 60_000, 2000, 0],
			[960, 10, 0, 62_500, 0, {missReason: 'previous_message_not_found'}],
		],
		breaks: [['expired', 62_000]],
		small: [0, 0],
		cold: ['first'],
	},
	{
		name: 'the provider says that it found no message before, after 30 s',
		rows: [
			[0, 10, 0, 60_000, 0],
			[60, 10, 60_000, 2000, 0],
			[90, 10, 0, 62_500, 0, {missReason: 'previous_message_not_found'}],
		],
		breaks: [['reported', 62_000]],
		small: [0, 0],
		cold: ['first'],
	},
	{
		name: 'the provider says that it does not know',
		rows: [
			[0, 10, 0, 60_000, 0],
			[60, 10, 60_000, 2000, 0],
			[90, 10, 0, 62_500, 0, {missReason: 'unavailable'}],
		],
		breaks: [['reported', 62_000]],
		small: [0, 0],
		cold: ['first'],
	},
	{
		name: 'another version of the client, all lost',
		rows: [
			[0, 10, 0, 60_000, 0, {client: '2.1.260'}],
			[60, 10, 60_000, 2000, 0, {client: '2.1.260'}],
			[120, 10, 0, 62_500, 0, {client: '2.1.261'}],
		],
		breaks: [['client-updated', 62_000]],
		small: [0, 0],
		cold: ['first'],
	},
	{
		name: 'sub-agent, gap of 7 minutes',
		rows: [
			[0, 10, 0, 20_000, 0, {agent: 'a1'}],
			[60, 10, 20_000, 1000, 0, {agent: 'a1'}],
			[480, 10, 0, 21_500, 0, {agent: 'a1'}],
		],
		breaks: [['expired', 21_000]],
		small: [0, 0],
		cold: ['first'],
	},
	{
		name: '40 k for 5 minutes and 20 k for an hour in one write, 15 minutes, exactly 20 k read',
		rows: [
			[0, 10, 0, 40_000, 20_000],
			[900, 10, 20_000, 40_500, 0],
		],
		breaks: [['expired', 40_000]],
		small: [0, 0],
		cold: ['first'],
	},
	{
		name: '1-hour write, pure reads, 15 minutes, all lost',
		rows: [
			[0, 10, 0, 0, 60_000],
			[60, 10, 60_000, 0, 0],
			[120, 10, 60_000, 0, 0],
			[1020, 10, 0, 0, 60_500],
		],
		breaks: [['prefix-changed', 60_000]],
		small: [0, 0],
		cold: ['first'],
	},
	{
		name: '40 turns that each lose 8 k of 200 k',
		rows: [
			[0, 10, 0, 200_000, 0],
			[60, 10, 192_000, 8000, 0],
			[120, 10, 192_000, 8000, 0],
			[180, 10, 192_000, 8000, 0],
			[240, 10, 192_000, 8000, 0],
			[300, 10, 192_000, 8000, 0],
			[360, 10, 192_000, 8000, 0],
			[420, 10, 192_000, 8000, 0],
			[480, 10, 192_000, 8000, 0],
			[540, 10, 192_000, 8000, 0],
			[600, 10, 192_000, 8000, 0],
			[660, 10, 192_000, 8000, 0],
			[720, 10, 192_000, 8000, 0],
			[780, 10, 192_000, 8000, 0],
			[840, 10, 192_000, 8000, 0],
			[900, 10, 192_000, 8000, 0],
			[960, 10, 192_000, 8000, 0],
			[1020, 10, 192_000, 8000, 0],
			[1080, 10, 192_000, 8000, 0],
			[1140, 10, 192_000, 8000, 0],
			[1200, 10, 192_000, 8000, 0],
			[1260, 10, 192_000, 8000, 0],
			[1320, 10, 192_000, 8000, 0],
			[1380, 10, 192_000, 8000, 0],
			[1440, 10, 192_000, 8000, 0],
			[1500, 10, 192_000, 8000, 0],
			[1560, 10, 192_000, 8000, 0],
			[1620, 10, 192_000, 8000, 0],
			[1680, 10, 192_000, 8000, 0],
			[1740, 10, 192_000, 8000, 0],
			[1800, 10, 192_000, 8000, 0],
			[1860, 10, 192_000, 8000, 0],
			[1920, 10, 192_000, 8000, 0],
			[1980, 10, 192_000, 8000, 0],
			[2040, 10, 192_000, 8000, 0],
			[2100, 10, 192_000, 8000, 0],
			[2160, 10, 192_000, 8000, 0],
			[2220, 10, 192_000, 8000, 0],
			[2280, 10, 192_000, 8000, 0],
			[2340, 10, 192_000, 8000, 0],
			[2400, 10, 192_000, 8000, 0],
		],
		breaks: [],
		small: [40, 320_000],
		cold: ['first'],
	},
	{
		name: 'a session resumed in a new file after 2 hours',
		rows: [
			[0, 10, 0, 60_000, 0],
			[60, 10, 60_000, 2000, 0],
			[7260, 10, 0, 66_000, 0],
		],
		breaks: [['expired', 62_000]],
		small: [0, 0],
		cold: ['first'],
	},
	{
		name: 'old inline side chain beside main',
		rows: [
			[0, 10, 0, 60_000, 0],
			[60, 10, 60_000, 2000, 0],
			[70, 10, 0, 9000, 0, {agent: 'sidechain'}],
			[80, 10, 9000, 500, 0, {agent: 'sidechain'}],
			[120, 10, 62_000, 1000, 0],
		],
		breaks: [],
		small: [0, 0],
		cold: ['first', 'side'],
	},
	{
		name: 'effort changed',
		rows: [
			[0, 10, 0, 60_000, 0, {settings: {effort: 'high'}}],
			[60, 10, 60_000, 2000, 0, {settings: {effort: 'high'}}],
			[120, 10, 0, 62_500, 0, {settings: {effort: 'low'}}],
		],
		breaks: [['settings-changed', 62_000]],
		small: [0, 0],
		cold: ['first'],
	},
	{
		name: '1-hour cache, then 5-minute writes, 10 minutes, the 5-minute part lost',
		rows: [
			[0, 10, 0, 0, 60_000],
			[60, 10, 60_000, 5000, 0],
			[660, 10, 60_000, 5500, 0],
		],
		breaks: [['expired', 5000]],
		small: [0, 0],
		cold: ['first'],
	},
	{
		name: 'a first request that reads warm',
		rows: [
			[0, 10, 50_000, 500, 0],
			[60, 10, 50_500, 500, 0],
		],
		breaks: [],
		small: [0, 0],
		cold: [],
	},
	{
		name: 'lost and not written again (caching off)',
		rows: [
			[0, 10, 0, 60_000, 0],
			[60, 10, 60_000, 2000, 0],
			[120, 62_510, 0, 0, 0],
		],
		breaks: [['prefix-changed', 62_000]],
		small: [0, 0],
		cold: ['first'],
	},
	{
		name: 'a small conversation expires',
		rows: [
			[0, 10, 0, 3000, 0],
			[900, 10, 0, 3100, 0],
		],
		breaks: [['expired', 3000]],
		small: [0, 0],
		cold: ['first'],
	},
	{
		name: 'an answer of 4 minutes, the next request 90 s later',
		rows: [
			[0, 10, 0, 60_000, 0, {sent: -5}],
			[300, 10, 60_000, 2000, 0, {sent: 60}],
			[395, 10, 0, 62_500, 0, {sent: 390}],
		],
		breaks: [['expired', 62_000]],
		small: [0, 0],
		cold: ['first'],
	},
	{
		name: 'fills by itself: 26,496 read, then 3,456, then 30,080',
		rows: [
			[0, 26_600, 0, 0, 0, {model: 'gpt-5.1'}],
			[30, 500, 26_496, 0, 0, {model: 'gpt-5.1'}],
			[60, 24_000, 3456, 0, 0, {model: 'gpt-5.1'}],
			[90, 600, 30_080, 0, 0, {model: 'gpt-5.1'}],
		],
		breaks: [['not-read', 23_424]],
		small: [0, 0],
		cold: ['first'],
	},
	{
		name: 'GPT-5.6, 40 minutes, lost',
		rows: [
			[0, 100, 0, 40_000, 0, {model: 'gpt-5.6'}],
			[2400, 100, 0, 40_500, 0, {model: 'gpt-5.6'}],
		],
		breaks: [['expired', 40_000]],
		small: [0, 0],
		cold: ['first'],
	},
	{
		name: 'GPT-5.6, 12 minutes, lost',
		rows: [
			[0, 100, 0, 40_000, 0, {model: 'gpt-5.6'}],
			[720, 100, 0, 40_500, 0, {model: 'gpt-5.6'}],
		],
		breaks: [['not-read', 40_000]],
		small: [0, 0],
		cold: ['first'],
	},
	{
		name: 'GPT-5.6, read warm after 12 minutes',
		rows: [
			[0, 100, 0, 40_000, 0, {model: 'gpt-5.6'}],
			[720, 100, 40_000, 500, 0, {model: 'gpt-5.6'}],
		],
		breaks: [],
		small: [0, 0],
		cold: ['first'],
	},
	{
		name: 'Codex compacted: 196 k to 8 k, marked',
		rows: [
			[0, 196_000, 0, 0, 0, {model: 'gpt-5.1'}],
			[60, 400, 195_968, 0, 0, {model: 'gpt-5.1'}],
			[120, 8000, 0, 0, 0, {model: 'gpt-5.1', rebuilt: true}],
		],
		breaks: [['rebuilt', 8000]],
		small: [0, 0],
		cold: ['first'],
	},
	{
		name: '74 k with nothing read, twice',
		rows: [
			[0, 74_000, 0, 0, 0, {model: 'gpt-5.1'}],
			[60, 74_500, 0, 0, 0, {model: 'gpt-5.1'}],
			[120, 75_000, 0, 0, 0, {model: 'gpt-5.1'}],
		],
		breaks: [
			['not-read', 73_984],
			['not-read', 74_496],
		],
		small: [0, 0],
		cold: ['first'],
	},
	{
		name: 'another provider behind the gateway',
		rows: [
			[0, 10, 0, 60_000, 0, {provider: 'anthropic'}],
			[60, 10, 60_000, 2000, 0, {provider: 'anthropic'}],
			[120, 10, 0, 62_500, 0, {provider: 'vertex'}],
		],
		breaks: [['provider-switched', 62_000]],
		small: [0, 0],
		cold: ['first'],
	},
	{
		name: 'provider flips and back within the lifetime',
		rows: [
			[0, 10, 0, 60_000, 0, {provider: 'a'}],
			[60, 10, 0, 60_500, 0, {provider: 'b'}],
			[120, 10, 60_000, 1000, 0, {provider: 'a'}],
		],
		breaks: [],
		small: [0, 0],
		cold: ['first', 'switched'],
	},
	{
		name: 'two models in turn, each turn within the lifetime',
		rows: [
			[0, 10, 0, 60_000, 0],
			[60, 10, 0, 61_000, 0, {model: 'claude-opus-4-5'}],
			[120, 10, 60_000, 2000, 0],
			[180, 10, 61_000, 2000, 0, {model: 'claude-opus-4-5'}],
			[240, 10, 62_000, 2000, 0],
		],
		breaks: [],
		small: [0, 0],
		cold: ['first', 'switched'],
	},
	{
		name: 'fan-out: five with the same prefix, the first not answered, tails differ; then the main goes on with the first',
		rows: [
			[0, 10, 0, 20_100, 0],
			[1, 10, 0, 20_140, 0],
			[2, 10, 0, 20_180, 0],
			[3, 10, 0, 20_220, 0],
			[4, 10, 0, 20_260, 0],
			[60, 10, 20_100, 300, 0],
		],
		breaks: [
			['concurrent', 20_100],
			['concurrent', 20_140],
			['concurrent', 20_180],
			['concurrent', 20_220],
		],
		small: [0, 0],
		cold: ['first'],
	},
	{
		name: 'window trimmed at the front each turn, system prompt survives',
		rows: [
			[0, 10, 0, 40_000, 0],
			[60, 10, 8000, 32_000, 0],
			[120, 10, 8000, 32_000, 0],
			[180, 10, 8000, 32_000, 0],
			[240, 10, 8000, 32_000, 0],
		],
		breaks: [
			['prefix-changed', 32_000],
			['prefix-changed', 32_000],
			['prefix-changed', 32_000],
			['prefix-changed', 32_000],
		],
		small: [0, 0],
		cold: ['first'],
	},
	{
		name: 'a retry: the same request again after an error, all read',
		rows: [
			[0, 10, 0, 60_000, 0],
			[60, 10, 60_000, 2000, 0],
			[65, 10, 62_000, 0, 0],
			[90, 10, 62_000, 900, 0],
		],
		breaks: [],
		small: [0, 0],
		cold: ['first'],
	},
	{
		name: 'a line is missing: the next read is above what was held',
		rows: [
			[0, 10, 0, 60_000, 0],
			[60, 10, 60_000, 2000, 0],
			[150, 10, 70_000, 800, 0],
		],
		breaks: [],
		small: [0, 0],
		cold: ['first'],
	},
	{
		name: 'naming calls of the same small model, nothing cached',
		rows: [
			[0, 600, 0, 0, 0, {model: 'claude-haiku-4-5'}],
			[5, 10, 0, 20_000, 0],
			[9, 620, 0, 0, 0, {model: 'claude-haiku-4-5'}],
			[60, 10, 20_000, 500, 0],
		],
		breaks: [],
		small: [0, 0],
		cold: ['first'],
	},
	{
		name: 'small model: its chain expires while naming calls go on',
		rows: [
			[0, 10, 0, 20_000, 0, {model: 'claude-haiku-4-5'}],
			[5, 600, 0, 0, 0, {model: 'claude-haiku-4-5'}],
			[600, 10, 0, 20_500, 0, {model: 'claude-haiku-4-5'}],
		],
		breaks: [['expired', 20_000]],
		small: [0, 0],
		cold: ['first'],
	},
	{
		name: 'a worker without a name starts at 85 % of the main chain, which then goes on',
		rows: [
			[0, 10, 0, 40_000, 0],
			[20, 10, 0, 34_000, 0],
			[60, 10, 40_000, 500, 0],
			[80, 10, 34_000, 500, 0],
		],
		breaks: [],
		small: [0, 0],
		cold: ['first', 'side'],
	},
	{
		name: 'expired and then a chain of the same size',
		rows: [
			[0, 10, 0, 60_000, 0],
			[60, 10, 60_000, 2000, 0],
			[600, 10, 0, 62_500, 0],
			[660, 10, 62_500, 500, 0],
		],
		breaks: [['expired', 62_000]],
		small: [0, 0],
		cold: ['first'],
	},
	{
		name: 'the model logged under two names, read whole',
		rows: [
			[0, 10, 0, 60_000, 0],
			[60, 10, 60_000, 2000, 0],
			[120, 10, 62_000, 900, 0, {model: 'anthropic/claude-sonnet-4-5'}],
			[180, 10, 62_900, 900, 0],
		],
		breaks: [],
		small: [0, 0],
		cold: ['first'],
	},
	{
		name: '1-hour and 5-minute parts in one write, 20 minutes, all lost: the 1-hour part did not expire',
		rows: [
			[0, 10, 0, 40_000, 20_000],
			[1200, 10, 0, 60_500, 0],
		],
		breaks: [['prefix-changed', 60_000]],
		small: [0, 0],
		cold: ['first'],
	},
	{
		name: 'a thread that only shares the system prompt with another: a first request that reads 15 k of 40 k',
		rows: [
			[0, 10, 15_000, 25_000, 0],
			[60, 10, 40_000, 500, 0],
		],
		breaks: [],
		small: [0, 0],
		cold: ['first'],
	},
	{
		name: 'rewind by a fifth, 100 k to 80 k, read whole',
		rows: [
			[0, 10, 0, 79_000, 0],
			[60, 10, 79_000, 21_000, 0],
			[120, 10, 79_000, 1000, 0],
		],
		breaks: [],
		small: [1, 1010],
		cold: ['first'],
	},
];

/**
 * A limit: without a name or a start of its own, counts cannot tell the second worker from a changed prompt of the first,
 * which ended before.
 */
export const limit: ThreadCase = {
	name: 'a worker without a name starts after the one before it ended',
	rows: [
		[0, 10, 0, 40_000, 0],
		[20, 10, 0, 34_000, 0],
		[40, 10, 34_000, 500, 0],
		[60, 10, 40_000, 500, 0],
		[80, 10, 0, 33_000, 0],
		[100, 10, 33_000, 500, 0],
		[120, 10, 40_500, 500, 0],
	],
	breaks: [],
	small: [0, 0],
	cold: ['first', 'side', 'side'],
};
