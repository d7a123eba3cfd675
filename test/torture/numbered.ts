import {timestamp} from '../../source/demo/writing/render-console.js';

/** Requests are written in groups of as many threads: all calls, then all outcomes, as a busy worker interleaves them. */
export const groupSize = 8;

/** Tokens of each request's prompt, and how many of them the cache held. */
export const prompt = {tokens: 10_000, read: 9000} as const;

/** Lines are so far apart in time, so that none has another's instant. Microseconds. */
const step = 200;

/**
 * The lines of the requests with the numbers from `first` on: a call and an outcome each, whose completion tokens are
 * the number. So a report's list tells which were lost, and its sums that none counted twice.
 * @param start epoch milliseconds of request 0
 */
export const numberedLines = (first: number, count: number, start: number): string => {
	const lines: string[] = [];
	const add = (index: number, event: string, thread: number) => {
		const time = index * step;
		const stamp = timestamp(start + Math.floor(time / 1000), time % 1000);
		lines.push(`${stamp} [info     ] ${event} thread_id=thread-${thread}\n`);
	};
	for (let group = first; group < first + count; group += groupSize) {
		const numbers = Array.from({length: Math.min(groupSize, first + count - group)}, (_, index) => group + index);
		for (const [index, number] of numbers.entries()) {
			add(2 * group + index, 'LLM API call: claude-sonnet-4-5 (2 messages)', number % groupSize);
		}
		for (const [index, number] of numbers.entries()) {
			add(
				2 * group + numbers.length + index,
				`💰 Usage type: EXACT - prompt=${prompt.tokens}, completion=${number}, cache_read=${prompt.read}, cache_creation=0`,
				number % groupSize,
			);
		}
	}
	return lines.join('');
};

/** Numbers of the requests whose outcome a text holds. */
export const numbersIn = (text: string): readonly number[] =>
	[...text.matchAll(/completion=(\d+), /g)].map(([, number]) => Number(number));

/** The sum of all numbers below the count. */
export const sumBelow = (count: number): number => (count * (count - 1)) / 2;
