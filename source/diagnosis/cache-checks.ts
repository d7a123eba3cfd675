import {minimumCacheable} from '../metrics/models/minimum-size.js';
import {count, percent, plural, ratedWord} from '../metrics/number-words.js';
import type {Request} from '../request.js';
import type {Check, Finding} from './finding.js';

/**
 * AgentPress logged plans and usage at DEBUG instead of INFO between these days; later versions log usage at INFO
 * again.
 */
const usageHidden = Date.UTC(2025, 11, 18);
const usageBack = Date.UTC(2026, 0, 20);

/** The log has requests, but none in the window. */
export const emptyWindow: Check = ({report, whole}) => {
	if (report.requests.length > 0 || !whole.span) {
		return [];
	}
	const day = (time: number) => new Date(time).toISOString().slice(0, 16).replace('T', ' ');
	return [
		{
			id: 'empty-window',
			severity: 'problem',
			says: `The window holds none of the ${plural(whole.total, 'request')}: they are from ${day(whole.span.first)} to ${day(whole.span.last)} UTC.`,
			next: 'Choose a window that reaches them: --window all, --days N or --since DATE.',
		},
	];
};

/** Only plans are known, not what the provider did. */
export const planOnly: Check = ({report, logs}) => {
	if (report.summary.basis !== 'planned') {
		return [];
	}
	const calls = logs.reduce((sum, {reading}) => sum + reading.tally.calls, 0);
	const last = report.requests[report.requests.length - 1]?.time ?? 0;
	const hidden = last >= usageHidden && last < usageBack;
	return [
		{
			id: 'plan-only',
			severity: 'problem',
			says: `The log tells what was planned (${count(report.summary.requests)} requests${calls > 0 ? `, ${count(calls)} model calls` : ''}), not what the provider did: the hit rate is what would be cached.`,
			next: hidden
				? 'This version logs usage at DEBUG: set LOGGING_LEVEL=DEBUG for the worker and restart it.'
				: 'Usage is logged at INFO: set LOGGING_LEVEL=INFO or DEBUG for the worker and restart it, and read the log from the same process.',
		},
	];
};

const plansVisible = (requests: readonly Request[]): boolean => requests.some(request => request.plan);

/** The log reports usage but no plans. */
export const usageOnly: Check = ({report, logs}) =>
	logs.some(({reading}) => reading.format === 'agentpress') &&
	report.summary.basis === 'measured' &&
	!plansVisible(report.requests)
		? [
				{
					id: 'usage-only',
					severity: 'hint',
					says: 'The log shows what the provider did, but no plans: blocks and planned rates are n/a.',
					next: 'Set LOGGING_LEVEL=DEBUG for the worker to see plans as well.',
				},
			]
		: [];

/** Prompts that are too small to be cached. */
export const smallPrompts: Check = ({report: {blocks, requests}}) => {
	const found: Finding[] = [];
	if (blocks.tooSmall > 0) {
		found.push({
			id: 'prompts-too-small',
			severity: 'hint',
			says: `${plural(blocks.tooSmall, 'request')} of ${count(requests.length)} left a part of the prompt unmarked as too small.`,
			next: "Move stable instructions into the system prompt until it exceeds the model's minimum.",
		});
	}
	if (blocks.hidden > 0) {
		found.push({
			id: 'blocks-hidden',
			severity: 'hint',
			says: `The level of the log hides all blocks but the first in ${plural(blocks.hidden, 'request')}: whether a prompt reaches the minimum is not known.`,
			next: 'Set LOGGING_LEVEL=DEBUG for the worker to see all blocks.',
		});
	}
	if (blocks.belowMinimum !== undefined && blocks.belowMinimum > 0) {
		const models = new Set(requests.map(({model}) => model));
		const minimum = Math.max(...[...models].map(model => minimumCacheable(model) ?? 0));
		found.push({
			id: 'below-minimum',
			severity: 'problem',
			says: `${plural(blocks.belowMinimum, 'request')} marked less than its model caches (up to ${count(minimum)} tokens are needed): marked or not, nothing happens.`,
			next: "Raise the application's threshold to the minimum of the model in use.",
		});
	}
	return found;
};

/** Models that the application does not cache for, and models that never cached. */
export const models: Check = ({report}) => {
	const unsupported = new Set(report.requests.filter(({plan}) => plan?.unsupported).map(({model}) => model ?? 'n/a'));
	return unsupported.size > 0
		? [
				{
					id: 'models-without-marking',
					severity: 'hint',
					says: `${plural(report.blocks.unsupported, 'request')} went to models that the backend marks nothing for: ${[...unsupported].slice(0, 3).join(', ')}.`,
					next: 'Their provider may cache by itself (OpenAI, Gemini, DeepSeek do); their hits are counted where usage is logged.',
				},
			]
		: [];
};

/** Large prompts to models that support caching, without a breakpoint, a read or a write. */
export const cachingOff: Check = ({report: {requests}}) => {
	const able = requests.filter(
		({usage, model}) => usage && /claude/i.test(model ?? '') && usage.uncached > (minimumCacheable(model) ?? 4096),
	);
	const off = able.filter(
		({usage, plan}) =>
			usage?.cacheRead === 0 &&
			!usage.cacheUnknown &&
			usage.cacheWrite5m + usage.cacheWrite1h === 0 &&
			(plan?.blocks.length ?? 0) === 0,
	);
	return off.length >= 3 && off.length > able.length / 2
		? [
				{
					id: 'caching-off',
					severity: 'problem',
					says: `${plural(off.length, 'request')} to Claude were large enough to cache, and nothing was marked, written or read.`,
					next: 'Caching is switched off, or the messages lose their cache_control on the way: look for NO CACHE CONTROL in the log.',
				},
			]
		: [];
};

/** Advice if a log reports some counts of a call, but not those of the cache. */
export const wholeUsage =
	'Log the whole usage object: cache_read_input_tokens (Anthropic), prompt_tokens_details (OpenAI), input_tokens_details (Responses).';

/** Requests with token counts but nothing about the cache. */
export const cacheUnknown: Check = ({report: {requests}}) => {
	const unknown = requests.filter(({usage}) => usage?.cacheUnknown && usage.uncached > 0).length;
	return unknown > 0
		? [
				{
					id: 'cache-unknown',
					severity: unknown === requests.length ? 'problem' : 'hint',
					says: `${plural(unknown, 'request')} of ${count(requests.length)} ${unknown === 1 ? 'tells' : 'tell'} tokens, but nothing about the cache.`,
					next: wholeUsage,
				},
			]
		: [];
};

/** Requests with incomplete or impossible counts, for which the nearest possible values were used. */
export const partialCounts: Check = ({report: {requests}}) => {
	const partial = requests.filter(({usage}) => usage?.accuracy === 'partial').length;
	return partial > 0
		? [
				{
					id: 'partial-counts',
					severity: 'hint',
					says: `The counts of ${plural(partial, 'request')} of ${count(requests.length)} are incomplete or impossible (more read than the whole prompt, a negative number): the nearest possible ones are counted.`,
					next: "Hold some against the provider's own numbers: what writes the log may leave some out or add up several calls.",
				},
			]
		: [];
};

/** A low hit rate with many misses, or that all is well. */
export const rates: Check = ({report: {summary}}) => {
	if (summary.hitRate === undefined) {
		return [];
	}
	// Where some requests are unmeasured, the word for the others says the basis.
	const basis = summary.unmeasured > 0 ? '' : ` (${summary.basis})`;
	const tell = `${percent(summary.hitRate)} of ${plural(summary.rated, ratedWord(summary))} hit${basis}, ${plural(summary.misses, 'miss', 'misses')}.`;
	if (summary.hitRate < 0.7) {
		return [
			{
				id: 'low-hit-rate',
				severity: 'problem',
				says: tell,
				next: 'hitrate report says which causes lost the most, and what each is worth.',
			},
		];
	}
	return [{id: 'reading-works', severity: 'good', says: tell, next: undefined}];
};
