/** Counts in sentences that people write into their logs: `Input: 10, Output: 50, Cache Read: 9,000 tokens`. */

type Count = 'input' | 'output' | 'cache_read' | 'cache_write' | 'total';

/** What the words of a label mean, without `tokens` and `usage`. */
const meanings: ReadonlyMap<string, Count> = new Map([
	...['input', 'prompt', 'in', 'total input'].map(label => [label, 'input'] as const),
	...['output', 'completion', 'out', 'generated'].map(label => [label, 'output'] as const),
	...['cache read', 'cached read', 'cache read input', 'read from cache', 'cached', 'cached input'].map(
		label => [label, 'cache_read'] as const,
	),
	...['cached prompt', 'cache hit input'].map(label => [label, 'cache_read'] as const),
	...['cache write', 'cache written', 'cache creation', 'cache create', 'cache created'].map(
		label => [label, 'cache_write'] as const,
	),
	...['cache creation input', 'cache write input', 'written to cache'].map(label => [label, 'cache_write'] as const),
	['total', 'total'],
]);

/** What labels mean that count events, unless they say `tokens`. */
const meaningsOfTokens: ReadonlyMap<string, Count> = new Map([
	...['cache hit', 'cache hits', 'cache reads'].map(label => [label, 'cache_read'] as const),
	['cache writes', 'cache_write'],
]);

/** Matches what no statement about one call says: of limits, prices, estimates, and sums; of other tokens and parsers. */
const otherSubject =
	/(?<![a-z-])(?:max|maximum|limits?|remaining|budgets?|quotas?|pric(?:es?|ing)|estimated?|estimates|avg|average|mean|median|daily|hourly|weekly|monthly|today|cumulative|overall|so far|in total|all calls|session total|grand total|o?auth|jwt|csrf|token (?:service|server|bucket|cache)|tokenizer|lexer)(?![a-z-])|(?<![a-z])per (?:\d{0,3}m|\d{0,3}k|million|thousand|request|call)(?![a-z])|(?<![\w.,-])(?!1 )\d{1,9} (?:requests|calls|turns|runs)(?![a-z])/i;

/** Maximum words of a label. */
const mostWords = 3;

const number = String.raw`(?<count>\d{1,3}(?:[,_]\d{3}){1,4}|\d{1,12})`;
/** Matches a label before its count. */
const before = new RegExp(String.raw`(?<label>[A-Za-z][A-Za-z _-]{0,60}?)\s?[:=]\s?${number}(?![\w.,]?\d|[a-z%])`, 'g');
/** Matches a label after its count. */
const behind = new RegExp(
	String.raw`(?<![\w.,$:=])${number} (?<label>(?:[A-Za-z]{1,12}[ -]){0,3}(?:tokens?|cached)\b)`,
	'g',
);

const wordsOf = (label: string): readonly string[] =>
	label
		.toLowerCase()
		.split(/[\s_-]+/)
		.filter(word => word !== '' && !/^(?:tokens?|tok|usage)$/.test(word));

/** What the last words of a label mean: others precede it in the sentence. */
const meaningOf = (label: string): Count | undefined => {
	const words = wordsOf(label);
	const saysTokens = /tok(?:ens?)?\b/i.test(label);
	for (let length = Math.min(mostWords, words.length); length > 0; length--) {
		const name = words.slice(-length).join(' ');
		const meaning = meanings.get(name) ?? (saysTokens ? meaningsOfTokens.get(name) : undefined);
		if (meaning !== undefined) {
			return meaning;
		}
	}
	return undefined;
};

const countsBy = (pattern: RegExp, line: string): Partial<Record<Count, number>> => {
	const counts: Partial<Record<Count, number>> = {};
	for (const {groups} of line.matchAll(pattern)) {
		const meaning = meaningOf(groups?.label ?? '');
		if (meaning !== undefined) {
			counts[meaning] ??= Number((groups?.count ?? '').replaceAll(/[,_]/g, ''));
		}
	}
	return counts;
};

/**
 * The counts in a sentence that names at least the input, the output and what was read from the cache;
 * undefined for other lines, and for sentences about limits, prices and sums.
 */
export const labelledCounts = (line: string): Partial<Record<Count, number>> | undefined =>
	otherSubject.test(line)
		? undefined
		: [before, behind]
				.map(pattern => countsBy(pattern, line))
				.find(({input, output, cache_read: read}) => input !== undefined && output !== undefined && read !== undefined);
