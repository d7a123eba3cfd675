import type {Sum} from '../../formats/format.js';
import type {LogReading} from '../../ingest/log-reading.js';
import {inputTokens} from '../../request.js';
import {byText} from '../../text/by-text.js';
import {formatCount, formatPercent} from '../numbers.js';

/** All sums of one log, added up. */
export type LogSum = {
	/** Name of the log. */
	readonly source: string;
	/** Number of calls; undefined if any of the sums does not report it. */
	readonly requests: number | undefined;
	readonly tokens: {
		readonly uncached: number;
		readonly cacheRead: number;
		readonly cacheWrite5m: number;
		readonly cacheWrite1h: number;
		readonly output: number;
	};
};

/** Maximum sums listed: agents that record sums have one per session. */
const most = 100;

/**
 * Usage that logs record only as sums, largest first; among equals the first by name. Such usage is part of no rate,
 * break or thread. A sum that copies of a log repeat is counted once.
 */
export const sumsOf = (readings: readonly LogReading[]): readonly LogSum[] => {
	const byName = readings.toSorted((one, other) => byText(one.facts.log.name, other.facts.log.name));
	const largest = largestOf(byName);
	return byName
		.flatMap(({facts, format, sums}) => {
			const untold = sums.filter(sum => largest.get(keyOf(format, sum)) === sum);
			return untold.length === 0 ? [] : [{source: facts.log.name, ...total(untold)}];
		})
		.sort((one, other) => inputTokens(other.tokens) - inputTokens(one.tokens))
		.slice(0, most);
};

const keyOf = (format: string | undefined, {id}: Sum): string => `${format} ${id}`;

/** Copies of a log repeat its sums; older copies have smaller ones. */
const largestOf = (readings: readonly LogReading[]): ReadonlyMap<string, Sum> => {
	const largest = new Map<string, Sum>();
	for (const {format, sums} of readings) {
		for (const sum of sums) {
			const key = keyOf(format, sum);
			const before = largest.get(key);
			if (!before || inputTokens(sum.tokens) > inputTokens(before.tokens)) {
				largest.set(key, sum);
			}
		}
	}
	return largest;
};

const total = (sums: LogReading['sums']): Omit<LogSum, 'source'> => {
	const add = (field: keyof LogSum['tokens']) => sums.reduce((all, {tokens}) => all + tokens[field], 0);
	return {
		requests: sums.every(({requests}) => requests !== undefined)
			? sums.reduce((all, {requests = 0}) => all + requests, 0)
			: undefined,
		tokens: {
			uncached: add('uncached'),
			cacheRead: add('cacheRead'),
			cacheWrite5m: add('cacheWrite5m'),
			cacheWrite1h: add('cacheWrite1h'),
			output: add('output'),
		},
	};
};

/** `1,234,567 input tokens, 84.6 % of them read, in 7 requests`. */
export const sumPhrase = ({requests, tokens}: LogSum): string => {
	const input = inputTokens(tokens);
	const read = input > 0 ? `, ${formatPercent(tokens.cacheRead / input)} of them read` : '';
	const calls =
		requests === undefined ? '' : `, in ${formatCount(requests)} ${requests === 1 ? 'request' : 'requests'}`;
	return `${formatCount(input)} input tokens${read}${calls}`;
};
