import {
	cacheUnknown,
	cachingOff,
	emptyWindow,
	models,
	partialCounts,
	planOnly,
	rates,
	smallPrompts,
	usageOnly,
} from './cache-checks.js';
import type {Check, Examination, Finding} from './finding.js';
import {noCacheLines} from './no-cache-lines.js';
import {future, nothingFound, problems, silent, skippedLines, stale} from './reading-checks.js';

const checks: readonly Check[] = [
	problems,
	nothingFound,
	silent,
	noCacheLines,
	emptyWindow,
	planOnly,
	cachingOff,
	cacheUnknown,
	partialCounts,
	rates,
	smallPrompts,
	models,
	usageOnly,
	skippedLines,
	future,
	stale,
];

const order: readonly Finding['severity'][] = ['problem', 'hint', 'good'];

/** Answers from the user's own logs why hitrate shows nothing, or so little; problems first. */
export const diagnose = (examination: Examination): readonly Finding[] =>
	checks
		.flatMap(check => check(examination))
		.sort((one, other) => order.indexOf(one.severity) - order.indexOf(other.severity));
