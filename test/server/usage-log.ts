import {appendFileSync} from 'node:fs';

const minute = 60_000;

/** Lines of a log that names calls to two models and their usage, a minute apart; every fourth misses. */
const usageLines = (first: number, count: number, end: number): string =>
	Array.from({length: count}, (_, offset) => {
		const index = first + offset;
		const misses = index % 4 === 3;
		return `${JSON.stringify({
			timestamp: new Date(end - (count - offset) * minute).toISOString(),
			id: `call-${index}`,
			thread_id: `thread-${Math.floor(index / 40)}`,
			model: index % 5 === 0 ? 'house-model' : 'claude-sonnet-4-5',
			usage: {
				input_tokens: 20 + index,
				cache_creation_input_tokens: misses ? 15_000 : 1700,
				cache_read_input_tokens: misses ? 0 : 14_000 + index,
				output_tokens: 390,
			},
		})}\n`;
	}).join('');

/** Appends calls, the last of them a minute before `end`, epoch milliseconds. */
export const appendCalls = (path: string, first: number, count: number, end = Date.now()): void =>
	appendFileSync(path, usageLines(first, count, end));
