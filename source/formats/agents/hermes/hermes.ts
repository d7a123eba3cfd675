import {countOf, optionalCount, tokensOf, toldCount, usageOfParts} from '../../records/counts.js';
import {recordFormat} from '../../records/record-format.js';

/** Rows of Hermes' `state.db`: the sum of a session; in newer versions, of each model and task in it. */
export const hermes = recordFormat({
	name: 'hermes',
	title: 'Hermes (sums)',
	words: ['"hermes"'],
	kinship: record => (record.database === 'hermes' ? 'own' : 'foreign'),
	beginning: () => ({}),
	read: (row, _state, {sum}) => {
		const usage = usageOfParts({
			input: toldCount(row.input_tokens),
			read: toldCount(row.cache_read_tokens),
			written: optionalCount(row.cache_write_tokens),
			output: toldCount(row.output_tokens),
		});
		sum({
			id: [row.session_id ?? row.id, row.model, row.task].map(String).join(':'),
			thread: undefined,
			requests: countOf(row.api_call_count),
			tokens: tokensOf(usage),
		});
	},
});
