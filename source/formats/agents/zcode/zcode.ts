import {type JsonObject, textOf} from '../../json/json-values.js';
import {countOf, optionalCount, toldCount, usageOfParts, usageOfWhole} from '../../records/counts.js';
import {recordFormat} from '../../records/record-format.js';

/**
 * Readers disagree on whether the input includes the cache (a row of GLM-5.2 shows that it does: 9,125 with 8,064
 * read). If there is a total, it decides: it is the sum of input and output, with or without the cache.
 */
const usageOf = (row: JsonObject) => {
	const told = {
		input: toldCount(row.input_tokens),
		read: toldCount(row.cache_read_input_tokens),
		written: optionalCount(row.cache_creation_input_tokens),
		output: toldCount(row.output_tokens),
	};
	const {input = 0, read = 0, written = 0, output = 0} = told;
	const total = countOf(row.computed_total_tokens);
	const isBeside = read + written > 0 && (total === input + read + written + output || read + written > input);
	return isBeside ? usageOfParts(told) : usageOfWhole(told);
};

/** A call has no id of its own, and SQLite may renumber rows, so times and counts identify it. */
const identityOf = (row: JsonObject): string =>
	[row.session_id, row.turn_id, row.started_at, row.completed_at, row.input_tokens, row.output_tokens].join(':');

/** Rows of ZCode's `model_usage`, one per call. */
export const zcode = recordFormat({
	name: 'zcode',
	title: 'ZCode',
	words: ['"model_usage"'],
	kinship: record => (record.database === 'zcode' ? 'own' : 'foreign'),
	beginning: () => ({}),
	read: (row, _state, {answer, timeOf}) => {
		const time = timeOf(row.completed_at);
		answer({
			id: identityOf(row),
			time,
			start: timeOf(row.started_at),
			thread: textOf(row.session_id),
			project: textOf(row.directory),
			model: textOf(row.model_id),
			provider: textOf(row.provider_id),
			client: 'zcode',
			failed: row.status !== undefined && row.status !== null && row.status !== 'completed',
			usage: usageOf(row),
		});
	},
});
