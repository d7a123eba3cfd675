import type {ThreadCase} from './thread-cases.js';

const haiku = {model: 'claude-haiku-4-5'};
const gpt51 = {model: 'gpt-5.1'};
const gpt56 = {model: 'gpt-5.6'};
const gemini = {model: 'gemini-2.5-pro'};
const house = {model: 'house-model'};

/** Variations on what logs are full of, each worked out by hand: small models beside, several agents, prompts that shrink. */
export const kindsOfThreads: readonly ThreadCase[] = [
	{
		name: 'a sub-agent starts after another of its kind has ended: both share the start of their prompts',
		rows: [
			[0, 10, 0, 40_000, 0],
			[20, 10, 0, 10_000, 0, {agent: 'explore', agentId: 'a1'}],
			[40, 10, 10_000, 12_000, 0, {agent: 'explore', agentId: 'a1'}],
			[60, 10, 8000, 9000, 0, {agent: 'explore', agentId: 'a2'}],
			[80, 10, 17_000, 800, 0, {agent: 'explore', agentId: 'a2'}],
			[100, 10, 40_000, 500, 0],
		],
		breaks: [],
		small: [0, 0],
		cold: ['first', 'side', 'side'],
	},
	{
		name: 'two sub-agents of a kind, side by side, and one of them loses its cache',
		rows: [
			[0, 10, 0, 10_000, 0, {agent: 'explore', agentId: 'a1'}],
			[1, 10, 0, 10_000, 0, {agent: 'explore', agentId: 'a2'}],
			[20, 10, 10_000, 9000, 0, {agent: 'explore', agentId: 'a1'}],
			[21, 10, 10_000, 9100, 0, {agent: 'explore', agentId: 'a2'}],
			[40, 10, 0, 19_500, 0, {agent: 'explore', agentId: 'a2'}],
			[41, 10, 19_000, 600, 0, {agent: 'explore', agentId: 'a1'}],
		],
		breaks: [['prefix-changed', 19_100]],
		small: [0, 0],
		cold: ['first', 'together'],
	},
	{
		name: 'a small model beside the main one caches a prompt of its own',
		rows: [
			[0, 10, 0, 20_000, 0],
			[30, 10, 0, 6000, 0, haiku],
			[60, 10, 20_000, 800, 0],
			[90, 10, 6000, 0, 0, haiku],
			[120, 10, 20_800, 500, 0],
		],
		breaks: [],
		small: [0, 0],
		cold: ['first', 'side'],
	},
	{
		name: 'a small model names the thread before the main one begins: it leaves nothing in the cache',
		rows: [
			[0, 600, 0, 0, 0, haiku],
			[5, 10, 0, 20_000, 0],
			[65, 10, 20_000, 800, 0],
		],
		breaks: [],
		small: [0, 0],
		cold: ['first'],
	},
	{
		name: 'a planner of another model, as large as the worker, which goes on',
		rows: [
			[0, 10, 0, 20_000, 0],
			[30, 10, 0, 21_000, 0, {model: 'claude-opus-4-5'}],
			[60, 10, 20_000, 900, 0],
			[90, 10, 21_000, 700, 0, {model: 'claude-opus-4-5'}],
		],
		breaks: [],
		small: [0, 0],
		cold: ['first', 'switched'],
	},
	{
		name: 'two agents of one model, the second larger, both read each time',
		rows: [
			[0, 10, 0, 20_000, 0],
			[20, 10, 0, 26_000, 0],
			[60, 10, 20_000, 900, 0],
			[80, 10, 26_000, 400, 0],
			[120, 10, 20_900, 300, 0],
		],
		breaks: [],
		small: [0, 0],
		cold: ['first', 'side'],
	},
	{
		name: 'two agents, the first expired before it goes on: that the second began beside it cannot be seen any more',
		rows: [
			[0, 10, 0, 20_000, 0],
			[20, 10, 0, 15_000, 0],
			[140, 10, 15_000, 300, 0],
			[260, 10, 15_300, 300, 0],
			[400, 10, 0, 20_100, 0],
			[420, 10, 15_600, 300, 0],
		],
		// What the second paid, held against the first; the first's second start is found to be beside the second.
		breaks: [['prefix-changed', 15_010]],
		small: [0, 0],
		cold: ['first', 'side'],
	},
	{
		name: 'two named agents share nothing, whatever their sizes',
		rows: [
			[0, 10, 0, 20_000, 0],
			[20, 10, 0, 20_000, 0, {agent: 'reviewer'}],
			[60, 10, 20_000, 900, 0],
		],
		breaks: [],
		small: [0, 0],
		cold: ['first', 'side'],
	},
	{
		name: 'trimmed to just more than seven tenths: the rest was sent again',
		rows: [
			[0, 10, 0, 60_000, 0],
			[60, 10, 60_000, 500, 0],
			[120, 10, 12_000, 30_400, 0],
		],
		breaks: [['prefix-changed', 30_410]],
		small: [0, 0],
		cold: ['first'],
	},
	{
		name: 'trimmed to less than seven tenths: a chain of its own',
		rows: [
			[0, 10, 0, 60_000, 0],
			[60, 10, 60_000, 500, 0],
			[120, 10, 12_000, 30_000, 0],
		],
		breaks: [],
		small: [0, 0],
		cold: ['first', 'shrunk'],
	},
	{
		name: 'summarised to a quarter, and the log says so: only what was paid again was lost',
		rows: [
			[0, 10, 0, 60_000, 0],
			[60, 10, 60_000, 500, 0],
			[120, 10, 12_000, 4000, 0, {rebuilt: true}],
		],
		breaks: [['rebuilt', 4010]],
		small: [0, 0],
		cold: ['first'],
	},
	{
		name: 'the log says that it was rebuilt, and all was read all the same',
		rows: [
			[0, 10, 0, 60_000, 0],
			[60, 10, 60_000, 500, 0, {rebuilt: true}],
		],
		breaks: [],
		small: [0, 0],
		cold: ['first'],
	},
	{
		name: 'GPT-5.6 after 30 minutes to the second is not expired yet',
		rows: [
			[0, 32, 0, 19_968, 0, gpt56],
			[1799, 32, 0, 20_000, 0, gpt56],
		],
		breaks: [['not-read', 19_968]],
		small: [0, 0],
		cold: ['first'],
	},
	{
		name: 'GPT-5.6 after 31 minutes is',
		rows: [
			[0, 32, 0, 19_968, 0, gpt56],
			[1860, 32, 0, 20_000, 0, gpt56],
		],
		breaks: [['expired', 19_968]],
		small: [0, 0],
		cold: ['first'],
	},
	{
		name: 'GPT-5.6 reads half of what it wrote',
		rows: [
			[0, 32, 0, 19_968, 0, gpt56],
			[720, 32, 9984, 10_100, 0, gpt56],
		],
		breaks: [['not-read', 9984]],
		small: [0, 0],
		cold: ['first'],
	},
	{
		name: 'OpenAI misses two steps of 128 without a reason',
		rows: [
			[0, 20_000, 0, 0, 0, gpt51],
			[30, 388, 19_712, 0, 0, gpt51],
		],
		breaks: [],
		small: [0, 0],
		cold: ['first'],
	},
	{
		name: 'OpenAI reads a tenth less of a small prompt: too little for a break',
		rows: [
			[0, 4000, 0, 0, 0, gpt51],
			[30, 500, 3584, 0, 0, gpt51],
		],
		breaks: [],
		small: [1, 384],
		cold: ['first'],
	},
	{
		name: 'OpenAI below its minimum of 1,024 caches nothing',
		rows: [
			[0, 1000, 0, 0, 0, gpt51],
			[30, 1010, 0, 0, 0, gpt51],
		],
		breaks: [],
		small: [0, 0],
		cold: [],
	},
	{
		name: 'OpenAI never read: each prompt was in the cache for the next',
		rows: [
			[0, 20_000, 0, 0, 0, gpt51],
			[30, 20_100, 0, 0, 0, gpt51],
			[60, 20_200, 0, 0, 0, gpt51],
		],
		breaks: [
			['not-read', 19_968],
			['not-read', 20_096],
		],
		small: [0, 0],
		cold: ['first'],
	},
	{
		name: 'OpenAI: another model of the family with the same conversation',
		rows: [
			[0, 20_000, 0, 0, 0, gpt51],
			[30, 20_200, 0, 0, 0, {model: 'gpt-4.1'}],
		],
		breaks: [['model-switched', 19_968]],
		small: [0, 0],
		cold: ['first'],
	},
	{
		name: 'Gemini keeps about an hour: lost after 50 minutes is not expired, after 70 it is',
		rows: [
			[0, 20_000, 0, 0, 0, gemini],
			[3000, 20_100, 0, 0, 0, gemini],
			[7200, 20_200, 0, 0, 0, gemini],
		],
		breaks: [
			['not-read', 19_968],
			['expired', 20_096],
		],
		small: [0, 0],
		cold: ['first'],
	},
	{
		name: 'Codex reads its system prompt alone while the conversation grows',
		rows: [
			[0, 16_000, 0, 0, 0, {model: 'gpt-5-codex'}],
			[30, 10_000, 10_752, 0, 0, {model: 'gpt-5-codex'}],
			[60, 14_000, 10_752, 0, 0, {model: 'gpt-5-codex'}],
		],
		// 16,000 and 20,752 rounded down to 128, less what was read.
		breaks: [
			['not-read', 5248],
			['not-read', 9984],
		],
		small: [0, 0],
		cold: ['first'],
	},
	{
		name: 'the system prompt alone is read, turn by turn, with 1-hour writes',
		rows: [
			[0, 2, 5327, 0, 11_682],
			[60, 2, 5327, 0, 12_517],
			[120, 2, 5327, 0, 13_100],
		],
		breaks: [
			['prefix-changed', 11_682],
			['prefix-changed', 12_517],
		],
		small: [0, 0],
		cold: ['first'],
	},
	{
		name: 'a reason is told of a request that lost nothing',
		rows: [
			[0, 10, 0, 50_000, 0],
			[60, 10, 50_000, 300, 0, {missReason: 'tools_changed'}],
		],
		breaks: [],
		small: [0, 0],
		cold: ['first'],
	},
	{
		name: 'the first request of a file missed more than it paid for: no more was lost than that',
		rows: [[0, 100, 4000, 36_000, 0, {missReason: 'tools_changed', missTokens: 60_500}]],
		breaks: [['reported', 36_100]],
		small: [0, 0],
		cold: [],
	},
	{
		name: 'the first request of a file gives a reason without a size: it began',
		rows: [[0, 100, 4000, 36_000, 0, {missReason: 'tools_changed'}]],
		breaks: [],
		small: [0, 0],
		cold: ['first'],
	},
	{
		name: 'the provider names a reason after expiry',
		rows: [
			[0, 10, 0, 50_000, 0],
			[900, 10, 0, 50_300, 0, {missReason: 'system_changed'}],
		],
		breaks: [['reported', 50_000]],
		small: [0, 0],
		cold: ['first'],
	},
	{
		name: 'a model of no known family: what it read is what it holds',
		rows: [
			[0, 9000, 0, 0, 0, house],
			[30, 100, 9000, 0, 0, house],
			[60, 200, 9000, 0, 0, house],
			[90, 9400, 0, 0, 0, house],
		],
		breaks: [['unknown', 9000]],
		small: [0, 0],
		cold: [],
	},
	{
		name: 'a client that tells its version once only was not updated',
		rows: [
			[0, 10, 0, 50_000, 0],
			[60, 10, 0, 50_300, 0, {client: 'claude-code 2.1.9'}],
		],
		breaks: [['prefix-changed', 50_000]],
		small: [0, 0],
		cold: ['first'],
	},
];
