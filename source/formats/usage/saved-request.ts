import type {Request} from '../../request.js';
import {isLike} from '../state/saved-state.js';
import type {Call} from './call.js';

const texts = ['thread', 'agent', 'project', 'host', 'model', 'provider', 'client', 'request', 'id'] as const;
const groups = ['settings', 'priceFactors'] as const;
const numbers = ['start', 'time'] as const;

const usage = {uncached: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, output: 0, accuracy: ''};

const isTextOrNone = (value: unknown): boolean => value === undefined || typeof value === 'string';
const isNumberOrNone = (value: unknown): boolean => value === undefined || Number.isFinite(value);
const isGroupOrNone = (value: unknown): boolean =>
	value === undefined || (typeof value === 'object' && value !== null && Object.values(value).every(isTextOrNone));

/** True if the common parts of a saved request or call have the right types. */
const hasPlainParts = (value: Readonly<Record<string, unknown>>): boolean =>
	texts.every(name => isTextOrNone(value[name])) &&
	numbers.every(name => isNumberOrNone(value[name])) &&
	groups.every(name => isGroupOrNone(value[name]));

/** True if a saved value is a request with usage. */
export const isPlainRequest = (value: unknown): value is Request =>
	isLike(value, {id: '', time: 0, source: '', rebuilt: false, usage}) && hasPlainParts(value);

const containsWords: readonly unknown[] = [
	'nothing',
	'reads-and-writes',
	'as-litellm',
	'by-provider',
	'apart-unless-openai',
];
const isFlagOrNone = (flag: unknown): boolean => flag === undefined || typeof flag === 'boolean';

/** True if a saved value is a call. */
export const isPlainCall = (value: unknown): value is Call =>
	isLike(value, {shape: '', stamp: '', within: '', failed: false, counts: {contains: ''}}) &&
	hasPlainParts(value) &&
	Object.entries(value.counts).every(([name, count]) =>
		name === 'contains' ? containsWords.includes(count) : isNumberOrNone(count) || isFlagOrNone(count),
	);
