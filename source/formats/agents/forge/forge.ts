import type {Usage} from '../../../request.js';
import {parseObject} from '../../json/json-line.js';
import {type JsonObject, listOf, objectOf, textOf} from '../../json/json-values.js';
import {toldCount, usageOfWhole} from '../../records/counts.js';
import {recordFormat} from '../../records/record-format.js';
import {sqliteTime} from '../../records/sqlite-time.js';
import {placeOfUndated} from '../../records/undated.js';

/** For Claude on Bedrock, reads and writes are a single count, which the input excludes. */
const isBedrock = (model: string | undefined): boolean => model !== undefined && /(?:^|\.)anthropic\./.test(model);

/** A count is `{"actual": 5}`, or `{"approx": 5}` if the provider reported none; older versions capitalise the keys. */
const countIn = (told: unknown): unknown => {
	const count = objectOf(told);
	// Any other object is not a valid count.
	return count ? (count.actual ?? count.Actual ?? count.approx ?? count.Approx ?? null) : told;
};

const isApproximate = (told: unknown): boolean => {
	const count = objectOf(told);
	return count !== undefined && (count.approx ?? count.Approx) !== undefined;
};

/** The input includes what was read and written, but writes are not reported. */
const usageOf = (told: JsonObject, model: string | undefined): Usage => {
	const isGuess = isApproximate(told.prompt_tokens) || isApproximate(told.cached_tokens);
	const usage = usageOfWhole({
		input: toldCount(countIn(told.prompt_tokens)),
		read: isBedrock(model) ? undefined : toldCount(countIn(told.cached_tokens)),
		written: undefined,
		output: toldCount(countIn(told.completion_tokens)),
	});
	return isGuess && usage.accuracy === 'exact' ? {...usage, accuracy: 'estimated'} : usage;
};

/**
 * Conversations of Forge (`.forge.db`). Based on antinomyhq/forge, crates/forge_repo/src/conversation: each answer in
 * the context has its usage, without a time. A compaction drops answers, so an answer is identified by its counts
 * rather than its index.
 */
export const forge = recordFormat({
	name: 'forge',
	title: 'Forge',
	words: ['"conversations"'],
	kinship: record => (record.database === 'forge' ? 'own' : 'foreign'),
	beginning: () => ({}),
	read: (row, _state, {answer, timeOf}) => {
		const thread = textOf(row.conversation_id);
		const conversation = {
			created: timeOf(sqliteTime(row.created_at)),
			changed: timeOf(sqliteTime(row.updated_at)) ?? timeOf(sqliteTime(row.created_at)),
			thread,
		};
		// The user's messages, and the answers.
		const messages = listOf(parseObject(textOf(row.context) ?? '')?.messages).map(message => objectOf(message) ?? {});
		const alike = new Map<string, number>();
		for (const [index, message] of messages.entries()) {
			const told = objectOf(message.usage);
			if (told) {
				const model = textOf(message.model);
				const counts = [told.prompt_tokens, told.cached_tokens, told.completion_tokens].map(countIn).join(':');
				const number = (alike.get(counts) ?? 0) + 1;
				alike.set(counts, number);
				answer({
					id: `${thread}:${counts}:${number}`,
					...placeOfUndated(conversation, messages.length - 1 - index),
					agent: 'main',
					model,
					client: 'forge',
					failed: true,
					usage: usageOf(told, model),
				});
			}
		}
	},
});
