import {parseObject} from '../../json/json-line.js';
import {textOf} from '../../json/json-values.js';
import {optionalCount, tokensOf, toldCount, usageOfParts} from '../../records/counts.js';
import {recordFormat} from '../../records/record-format.js';

/**
 * Rows of Goose's `usage_ledger`, one per request, since schema 15. Based on the reader of kenn-io/agentsview: the
 * input excludes the cache; `carried_forward` is the balance before that schema, which is a sum and no request.
 */
export const goose = recordFormat({
	name: 'goose',
	title: 'Goose',
	words: ['"usage_ledger"'],
	kinship: record => (record.database === 'goose' ? 'own' : 'foreign'),
	beginning: () => ({}),
	read: (row, _state, context) => {
		const {sum, timeOf} = context;
		const usage = usageOfParts({
			input: toldCount(row.input_tokens),
			read: toldCount(row.cache_read_tokens),
			written: optionalCount(row.cache_write_tokens),
			output: toldCount(row.output_tokens),
		});
		if (row.cost_source === 'carried_forward') {
			sum({id: `${row.session_id}:${row.id}`, thread: undefined, requests: undefined, tokens: tokensOf(usage)});
			return;
		}
		const isCompaction = row.is_compaction === 1;
		const session = textOf(row.session_id);
		const parent = textOf(row.parent_session_id);
		const {answer, event, rebuilt} = context.in(session ?? '');
		answer({
			// Sessions are numbered per day on each machine, rows per database.
			id: `${session}:${row.id}:${row.created_timestamp}`,
			time: timeOf(row.created_timestamp),
			thread: parent ?? session,
			agent: isCompaction ? 'compaction' : parent === undefined ? 'main' : session,
			project: textOf(row.working_dir),
			model: textOf(row.model) ?? textOf(parseObject(textOf(row.model_config_json) ?? '')?.model_name),
			provider: textOf(row.provider_name),
			client: 'goose',
			failed: true,
			usage,
		});
		if (isCompaction) {
			rebuilt();
			event('compaction');
		}
	},
});
