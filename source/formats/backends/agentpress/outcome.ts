/** Lines about what the provider did: one canonical wording per version, and others that repeat it. */

import type {Usage} from '../../../request.js';
import {parseUsageText, type UsageNumbers} from './usage-text.js';

/** The wordings. Two lines of different wordings with equal numbers are one request; of the same wording, two. */
export type OutcomeWording =
	| 'assistant-response-end'
	| 'using-cached-tokens'
	| 'deducting'
	| 'cache-metrics'
	| 'no-cache-used'
	| 'cache-detection'
	| 'usage-type'
	| 'cache-hit'
	| 'cache-write'
	| 'no-cache'
	| 'usage-captured'
	| 'usage-data'
	| 'batch-writer'
	/** `USAGE OBJECT`, `STORED USAGE` and the like: fill gaps, but are never a request on their own. */
	| 'repeat';

/** An outcome line. Missing numbers are undefined. */
export type Outcome = UsageNumbers & {
	readonly wording: OutcomeWording;
	readonly model?: string | undefined;
	readonly accuracy?: Usage['accuracy'] | undefined;
};

/** The same with all members in one order: objects of one shape are fastest to read. */
export const outcomeOf = (told: Outcome): Outcome => ({
	wording: told.wording,
	prompt: told.prompt,
	completion: told.completion,
	total: told.total,
	read: told.read,
	write: told.write,
	writeOneHour: told.writeOneHour,
	model: told.model,
	accuracy: told.accuracy,
});

type Found = {readonly outcome: Outcome; readonly length: number};
type Rule = readonly [pattern: RegExp, outcome: (match: RegExpExecArray) => Outcome];

const n = (text: string | undefined): number => Number((text ?? '').replaceAll(',', ''));

const accuracies: Readonly<Record<string, Usage['accuracy']>> = {
	EXACT: 'exact',
	ESTIMATED: 'estimated',
	'FALLBACK ESTIMATE': 'fallback',
};

/** By first letter, so that a line is matched with few rules. */
const rules: Readonly<Record<string, readonly Rule[]>> = {
	U: [
		[
			/^Usage type: (EXACT|ESTIMATED|FALLBACK ESTIMATE) - prompt=(\d{1,9}), completion=(\d{1,9}), cache_read=(\d{1,9}), cache_creation=(\d{1,9})/,
			([, type, prompt, completion, read, write]) => ({
				wording: 'usage-type',
				accuracy: accuracies[type as string],
				prompt: n(prompt),
				completion: n(completion),
				read: n(read),
				write: n(write),
			}),
		],
	],
	C: [
		[
			/^CACHE DETECTION: cache_read=(\d{1,9}), cache_creation=(\d{1,9}), prompt=(\d{1,9})/,
			([, read, write, prompt]) => ({wording: 'cache-detection', read: n(read), write: n(write), prompt: n(prompt)}),
		],
		[
			/^CACHE HIT: ([\d,]{1,12})\/([\d,]{1,12}) tokens \([\d.]+%\)/,
			([, read, prompt]) => ({wording: 'cache-hit', read: n(read), prompt: n(prompt)}),
		],
		[
			/^CACHE WRITE: ([\d,]{1,12}) tokens stored for future use/,
			([, write]) => ({wording: 'cache-write', read: 0, write: n(write)}),
		],
		[
			/^CACHE METRICS: creation=(\d{1,9}), read=(\d{1,9}), total=(\d{1,9})/,
			([, write, read, total]) => ({wording: 'cache-metrics', write: n(write), read: n(read), total: n(total)}),
		],
	],
	N: [
		[
			/^NO CACHE: All ([\d,]{1,12}) tokens processed fresh/,
			([, prompt]) => ({wording: 'no-cache', read: 0, write: 0, prompt: n(prompt)}),
		],
		[
			/^NO CACHE USED: total_tokens=(\d{1,9})/,
			([, total]) => ({wording: 'no-cache-used', read: 0, write: 0, total: n(total)}),
		],
	],
	'[': [
		[
			/^\[THREAD_MANAGER\] Processing assistant_response_end: model='([^']{1,200})', prompt_tokens=(\d{1,9}), completion_tokens=(\d{1,9}), cache_read=(\d{1,9}), cache_creation=(\d{1,9})/,
			([, model, prompt, completion, read, write]) => ({
				wording: 'assistant-response-end',
				model,
				prompt: n(prompt),
				completion: n(completion),
				read: n(read),
				write: n(write),
			}),
		],
		[
			/^\[THREAD_MANAGER\] (?:🎯 )?Using cached tokens! cache_read=(\d{1,9}) of (\d{1,9}) total/u,
			([, read, prompt]) => ({wording: 'using-cached-tokens', read: n(read), prompt: n(prompt)}),
		],
		[
			/^\[THREAD_MANAGER\] Deducting token usage for user \S{1,100}: model='([^']{1,200})', tokens=(\d{1,9})(?:\+(\d{1,9}))?, cache_read=(\d{1,9})/,
			([, model, first, completion, read]) => ({
				wording: 'deducting',
				model,
				...(completion === undefined ? {total: n(first)} : {prompt: n(first), completion: n(completion)}),
				read: n(read),
			}),
		],
		[
			/^\[BatchWriter\] Billing: prompt=(\d{1,9}), completion=(\d{1,9}), cache_read=(\d{1,9}), cache_create=(\d{1,9}), model=(\S{1,200})/,
			([, prompt, completion, read, write, model]) => ({
				wording: 'batch-writer',
				model,
				prompt: n(prompt),
				completion: n(completion),
				read: n(read),
				write: n(write),
			}),
		],
	],
};

/** Wordings with a whole usage object, as a Python dict or LiteLLM's `Usage(…)`. */
const objects: Readonly<Record<string, readonly (readonly [RegExp, OutcomeWording])[]>> = {
	'[': [[/^\[ResponseProcessor\] Usage data for billing: (?=\{)/, 'usage-data']],
	U: [
		[/^Usage captured - Model: (\S{1,200}), Usage: (?=Usage\()/, 'usage-captured'],
		[/^USAGE OBJECT: (?=Usage\()/, 'repeat'],
	],
	R: [
		[/^RAW USAGE OBJECT: (?=Usage\()/, 'repeat'],
		[/^RESPONSE USAGE: (?=Usage\()/, 'repeat'],
		[/^RESPONSE PROCESSOR COMPLETE USAGE \([a-z ]{1,30}\): (?=\{)/, 'repeat'],
	],
	S: [[/^STORED USAGE: (?=Usage\()/, 'repeat']],
	T: [[/^THREAD MANAGER USAGE: (?=\{)/, 'repeat']],
};

/** Recognises an outcome line by its beginning; `length` is the length of the recognised text. */
export const parseOutcome = (words: string): Found | undefined => {
	for (const [pattern, build] of rules[words[0] ?? ''] ?? []) {
		const match = pattern.exec(words);
		if (match) {
			return {outcome: outcomeOf(build(match)), length: match[0].length};
		}
	}
	for (const [pattern, wording] of objects[words[0] ?? ''] ?? []) {
		const match = pattern.exec(words);
		if (match) {
			const usage = parseUsageText(words.slice(match[0].length));
			return (
				usage && {
					outcome: outcomeOf({...usage.numbers, wording, model: match[1]}),
					length: match[0].length + usage.length,
				}
			);
		}
	}
	return undefined;
};
