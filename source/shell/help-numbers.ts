import {wrap} from '../text/wrap.js';
import type {Entry} from './help.js';

/** The meaning of each figure, for `hitrate help numbers` and for the readme's table. Emphasis is Markdown. */
export const numbers: readonly Entry[] = [
	{
		term: 'requests',
		meaning:
			'hits + misses + unmeasured. Each number of requests counts all of them, `total_events` in the exports included, unless it says *measured requests*: hits + misses.',
	},
	{
		term: 'hit',
		meaning:
			'*measured*: the provider read at least one token from the cache. *planned* (the log has no usage): the application marked at least one block that is large enough to be cached. The basis stands beside the hit rate.',
	},
	{
		term: 'hit rate',
		meaning: 'hits / (hits + misses). Excellent from 80 %, Good from 60 %, Fair from 40 %, Poor below.',
	},
	{
		term: 'planned rate',
		meaning:
			'Of the requests with a plan, those that marked a block. Much above the measured rate, it says that what is marked is not read.',
	},
	{
		term: 'unmeasured',
		meaning:
			"Requests whose log does not say what was read from the cache: without usage, without a word on the cache, with counts that are all 0, or with an application's guess that read nothing. Neither hits nor misses; their tokens are priced as input (*cache unknown*).",
	},
	{
		term: 'estimated',
		meaning: 'Requests whose usage the application guessed, or that the log tells only in part.',
	},
	{
		term: 'token hit rate',
		meaning:
			'tokens read / input tokens of measured requests. Input = uncached + read + written: writes are in the denominator.',
	},
	{
		term: 'tokens saved',
		meaning: 'Tokens read from the cache; planned: tokens in the marked blocks of hits.',
	},
	{
		term: 'cost without cache',
		meaning:
			"input × the model's input price, at the tier that the request's size selects. Fast mode, inference in the US, batch, flex and priority multiply all prices.",
	},
	{
		term: 'cost with cache',
		meaning: 'uncached × input price + read × read price + written × write price (5 minutes and 1 hour apart).',
	},
	{
		term: 'gross savings',
		meaning: 'read × (input price − read price).',
	},
	{
		term: 'write premium',
		meaning: 'written × (write price − input price).',
	},
	{
		term: '**net savings**',
		meaning: 'Cost without − cost with = gross − premium. Negative is shown as a loss.',
	},
	{
		term: 'write amortization',
		meaning: 'Tokens read / tokens written: how often a written token was read.',
	},
	{
		term: 'output cost',
		meaning: 'Priced apart: it is the same with and without a cache.',
	},
	{
		term: 'price coverage',
		meaning: 'Input with a known price / input; shown below 100 %. A model without a price has tokens and no money.',
	},
	{
		term: 'block N',
		meaning:
			'Requests whose plan marked block N, and their share of those that marked anything. 1 is the system prompt.',
	},
	{
		term: 'chain',
		meaning:
			'One conversation with the cache. A thread may hold several: sub-agents, a small model that names the chat, a supervisor and its workers. A request continues the chain of its model and agent whose tokens it read, else one whose size it fits; otherwise it begins one: a cold start.',
	},
	{
		term: 'break',
		meaning:
			"A request that did not read what its chain had in the cache and paid for it again: for more than 5 % of what it could have read, and more than the model's minimum. Lost = min(held − read, uncached + written): what left the prompt was not paid for, and no break costs more than its request. A break is *provisional* until its chain would have expired: if the chain is read again, the request was another conversation beside it. Alerts wait for that.",
	},
	{
		term: 'small losses',
		meaning: 'Losses below that size; those of caches that fill by themselves apart.',
	},
	{
		term: 'cause of a break',
		meaning:
			"The provider's own reason, or what an agent's records of its prompts prove, is *reported*; all others are *inferred*, the first that applies: the cache expired (idle, from when each request was sent, for longer than what was lost lives: 5 minutes or an hour as written, 30 minutes for GPT-5.6, about 10 or 60 for other caches that fill by themselves, or what `prompt_cache_retention` or `prompt_cache_options.ttl` in the log asks for), the model switched, the provider switched, it was rebuilt (the log says so), it was sent before the request before it was answered (concurrent), the client was updated, settings changed (speed, effort, thinking, tool choice), the prefix changed; *not read* where a cache fills by itself and the provider promises nothing; *unknown* where it is not known whether the prompt was marked.",
	},
	{
		term: 'cost of a break',
		meaning:
			'Lost tokens × (what was paid for them − the read price). Sums leave out the breaks of models without a price, and say how many these are (`unpriced`).',
	},
	{
		term: 'where the money went',
		meaning:
			'Cost with cache = first writes (the first request of each chain, but its reads) + growth (what later requests add, and what is in no chain) + reads (lost tokens at the price of reading them, too) + lost (breaks and small losses, above the read price). Where no request names its conversation, only reads and the rest are known: written or uncached + reads.',
	},
	{
		term: 'cold start',
		meaning:
			'A chain that began: *first* of its thread, *side* (beside one that goes on), *shrunk* (a far smaller prompt: compacted, trimmed), *switched* (the same conversation under another model), *together* (sent while another of the same model and project was not answered yet, and wrote the same: a fan-out).',
	},
	{
		term: 'warm',
		meaning:
			'Chains that are in the cache now, until their lifetime since their latest request was sent is over; of the thousand threads that were used last, within an hour. *Late* is what writing the first part to expire again costs above reading it.',
	},
	{
		term: 'what if',
		meaning:
			'Replays the same requests without a cache, with every write for 5 minutes, and with every write for an hour. A cache that is still alive is read up to the previous request; an expired one is written again. *Actual* is what was paid, to the digit. *Cheapest* is one of the three that can be chosen; each group of the JSON names its own.',
	},
	{
		term: 'lost, of a model, thread, project or log',
		meaning: 'What the breaks of its requests cost; in tokens where they have no price.',
	},
	{
		term: 'Δ',
		meaning: 'Against the window of the same length before, where the log reaches back that far.',
	},
];

/** The readme's table of figures, in Markdown. */
export const numbersMarkdown = (): string =>
	['| number | definition |', '|---|---|', ...numbers.map(({term, meaning}) => `| ${term} | ${meaning} |`)].join('\n');

const width = 80;
const indent = 4;

const plain = (text: string): string => text.replaceAll(/(\*+)([^*]+)\1/g, '$2');

/** The output of `hitrate help numbers`. */
export const numbersText = (): string =>
	`${numbers
		.map(({term, meaning}) =>
			[plain(term), ...wrap(plain(meaning), width - indent).map(line => ' '.repeat(indent) + line)].join('\n'),
		)
		.join('\n\n')}\n`;
