import type {Usage} from '../../../request.js';
import {parseObject} from '../../json/json-line.js';
import {type JsonObject, listOf, objectOf, textOf} from '../../json/json-values.js';
import {isEmpty, optionalCount, tokensOf, toldCount, usageOfParts} from '../../records/counts.js';
import {recordFormat} from '../../records/record-format.js';
import {placeOfUndated} from '../../records/undated.js';

/** Zed omits counts of 0. */
const usageOf = (told: JsonObject): Usage =>
	usageOfParts({
		input: toldCount(told.input_tokens),
		read: toldCount(told.cache_read_input_tokens) ?? 0,
		written: optionalCount(told.cache_creation_input_tokens) ?? 0,
		output: toldCount(told.output_tokens),
	});

const without = (all: Usage, some: Usage): Usage => ({
	...all,
	uncached: Math.max(0, all.uncached - some.uncached),
	cacheRead: Math.max(0, all.cacheRead - some.cacheRead),
	cacheWrite5m: Math.max(0, all.cacheWrite5m - some.cacheWrite5m),
	output: Math.max(0, all.output - some.output),
});

/** The first of a list of folders, one per line. */
const projectOf = (folders: unknown): string | undefined => textOf(textOf(folders)?.split('\n')[0]);

/**
 * Threads of Zed (`threads.db`). Based on zed-industries/zed, crates/agent/src/db.rs: `request_token_usage` has one
 * usage per message of the user, without a time.
 */
export const zed = recordFormat({
	name: 'zed',
	title: 'Zed thread',
	words: ['"threads"'],
	kinship: record => (record.database === 'zed' ? 'own' : 'foreign'),
	beginning: () => ({}),
	read: (row, _state, {answer, sum, timeOf}) => {
		const thread = parseObject(textOf(row.data) ?? '') ?? {};
		const usages = objectOf(thread.request_token_usage) ?? {};
		const model = objectOf(thread.model);
		const parent = textOf(row.parent_id);
		const time = timeOf(row.updated_at) ?? timeOf(thread.updated_at);
		// In the order of the messages, if they are present.
		const order = listOf(thread.messages).flatMap(message => textOf(objectOf(objectOf(message)?.User)?.id) ?? []);
		const ids = [...new Set([...order.filter(id => id in usages), ...Object.keys(usages)])];
		const created = timeOf(row.created_at) ?? timeOf(objectOf(thread.initial_project_snapshot)?.timestamp);
		const conversation = {created, changed: time, thread: parent ?? textOf(row.id)};
		let rest = usageOf(objectOf(thread.cumulative_token_usage) ?? {});
		// A later message without an answer has changed the thread since.
		const last = order.at(-1) ?? ids.at(-1);
		for (const [index, id] of ids.entries()) {
			const told = objectOf(usages[id]);
			if (told) {
				answer({
					id: `${row.id}:${id}`,
					...placeOfUndated(conversation, id === last ? 0 : ids.length - index),
					agent: parent === undefined ? 'main' : textOf(row.id),
					project: projectOf(row.folder_paths),
					model: textOf(model?.model),
					provider: textOf(model?.provider),
					client: 'zed',
					...(thread.speed === 'fast' && {priceFactors: {speed: 'fast'} as const}),
					usage: usageOf(told),
				});
				rest = without(rest, usageOf(told));
			}
		}
		// Only the last request of a turn is stored individually; the others are part of the thread's sum.
		if (!isEmpty(rest)) {
			sum({id: `${row.id}`, thread: undefined, requests: undefined, tokens: tokensOf(rest)});
		}
	},
});
