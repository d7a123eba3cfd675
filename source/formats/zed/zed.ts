import {asObject, asText, parseObject} from '../json/json-line.js';
import {listOf} from '../json/json-values.js';
import {countOf, usageOfParts} from '../records/counts.js';
import {recordFormat} from '../records/record-format.js';

/** Of a list of folders, one a line, the first. */
const projectOf = (folders: unknown): string | undefined => asText(asText(folders)?.split('\n')[0]);

/**
 * Threads of Zed (`threads.db`). After zed-industries/zed, crates/agent/src/db.rs: `request_token_usage` keeps one usage
 * for each message of the user, without a time: the thread's last change is taken for all.
 */
export const zed = recordFormat({
	name: 'zed',
	title: 'Zed thread',
	words: ['"threads"'],
	kinship: record => (record.database === 'zed' ? 'own' : 'foreign'),
	beginning: () => ({}),
	read: (row, _state, {answer, timeOf}) => {
		const thread = parseObject(asText(row.data) ?? '') ?? {};
		const usages = asObject(thread.request_token_usage) ?? {};
		const model = asObject(thread.model);
		const parent = asText(row.parent_id);
		const time = timeOf(row.updated_at) ?? timeOf(thread.updated_at);
		// In the order of the messages, where these are there.
		const order = listOf(thread.messages).flatMap(message => asText(asObject(asObject(message)?.User)?.id) ?? []);
		const ids = [...new Set([...order.filter(id => id in usages), ...Object.keys(usages)])];
		for (const id of ids) {
			const told = asObject(usages[id]);
			if (told) {
				answer({
					id: `${row.id}:${id}`,
					time,
					thread: parent ?? asText(row.id),
					agent: parent === undefined ? 'main' : asText(row.id),
					project: projectOf(row.folder_paths),
					model: asText(model?.model),
					provider: asText(model?.provider),
					client: 'zed',
					...(thread.speed === 'fast' && {priceFactors: {speed: 'fast'} as const}),
					usage: usageOfParts({
						input: countOf(told.input_tokens),
						// Zed leaves out what is 0.
						read: countOf(told.cache_read_input_tokens) ?? 0,
						written: countOf(told.cache_creation_input_tokens) ?? 0,
						output: countOf(told.output_tokens),
					}),
				});
			}
		}
	},
});
