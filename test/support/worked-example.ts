import {createRandom} from '../../source/demo/random.js';
import type {Chunk} from '../../source/demo/simulated-call.js';
import type {LogEvent} from '../../source/demo/writing/log-record.js';
import {type MarkedPrompt, writeBlocks} from '../../source/demo/writing/plan-lines.js';
import {createScript} from '../../source/demo/writing/script.js';
import {style20251001} from '../simulated/generation-2025-10-01.js';
import {type Rendering, renderRecords} from '../simulated/render.js';

/** The figures of the log, for assertions. */
export const workedExampleFigures = {
	requests: 1250,
	hits: 1050,
	misses: 200,
	blocks: {1: 1050, 2: 850, 3: 650},
	markedTokens: 52_500_000,
} as const;

/** The same in the JSON of a report. */
export const workedExampleJson = {
	total_events: 1250,
	cache_hits: 1050,
	cache_misses: 200,
	hit_rate: 84,
	total_tokens_saved: 52_500_000,
	avg_tokens_per_hit: 50_000,
	original_cost: 157.5,
	cached_cost: 15.75,
	savings: 141.75,
	savings_percent: 90,
	blocks_usage: {1: 1050, 2: 850, 3: 650},
	basis: 'planned',
	status: 'Excellent',
} as const;

export type WorkedExampleOptions = {
	/** Epoch milliseconds before which the last line is written; the first is less than 24 hours earlier. */
	readonly end?: number;
	/** Lines of the plan at debug too: `System prompt too small…`, `Conversation too small…`. */
	readonly level?: 'debug' | 'info';
};

const hours23 = 23 * 3_600_000_000;
const blockTokens = {system: 30_000, second: 16_000, third: 11_384};
/** What is missing to the exact sum after equal blocks. */
const remainder = 400;

const chunk = (tokens: number, lastMessage: number): Chunk => ({tokens, messages: 4, lastMessage});

const plan = (index: number): MarkedPrompt => {
	const second = chunk(blockTokens.second, 3);
	const third = chunk(blockTokens.third + (index === 0 ? remainder : 0), 7);
	const chunks = index < 650 ? [second, third] : index < 850 ? [second] : [];
	return {
		systemTokens: index < 1050 ? blockTokens.system : 820,
		conversationTokens: chunks.reduce((sum, {tokens}) => sum + tokens, 310),
		chunks,
		messages: chunks.length * 4 + 1,
		threshold: 1500,
		adjustedFrom: undefined,
	};
};

/** The reference report's log: 1,250 plans of 25 threads, with neither calls nor usage. */
export const workedExampleEvents = (options: WorkedExampleOptions = {}): LogEvent[] => {
	const {end = Date.UTC(2025, 9, 20, 12), level = 'debug'} = options;
	const random = createRandom(1250);
	const threads = Array.from({length: 25}, () => ({
		agent_run_id: random.uuid(),
		request_id: random.uuid(),
		thread_id: random.uuid(),
	}));
	const order = random.shuffle(Array.from({length: workedExampleFigures.requests}, (_, index) => index));
	return order.flatMap((index, position) => {
		const start = end * 1000 - hours23 + Math.floor((position * (hours23 - 2_000_000)) / order.length);
		const context = threads[position % threads.length] ?? {};
		const script = createScript({start, level, context, random});
		writeBlocks(script, plan(index), style20251001);
		return script.events;
	});
};

/** The same as the text of a log. */
export const workedExampleLog = (rendering: Rendering, options: WorkedExampleOptions = {}): string =>
	renderRecords(workedExampleEvents(options), rendering);
