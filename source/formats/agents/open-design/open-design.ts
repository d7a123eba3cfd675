import {objectOf, textOf} from '../../json/json-values.js';
import {optionalCount, toldCount, usageOfWhole} from '../../records/counts.js';
import {folderOf} from '../../records/path.js';
import {recordFormat} from '../../records/record-format.js';
import {splitModel} from '../mux/mux.js';

/**
 * Runs of Open Design: `runs/<run>/events.jsonl`. Based on the reader of getagentseal/codeburn: the input includes what
 * was read; the first event of an id counts.
 */
export const openDesign = recordFormat({
	name: 'open-design',
	title: 'Open Design run',
	words: ['"usage"', '"model"'],
	kinship: record => {
		const data = objectOf(record.data);
		const isEvent = typeof record.event === 'string' && 'timestamp' in record && data !== undefined;
		return isEvent && typeof record.id === 'string' && (data.type === 'usage' || record.event === 'start')
			? 'own'
			: isEvent
				? 'neutral'
				: 'foreign';
	},
	beginning: () => ({model: ''}),
	read: (record, state, {source, answer, event, sent, timeOf}) => {
		const data = objectOf(record.data) ?? {};
		const usage = data.type === 'usage' ? objectOf(data.usage) : undefined;
		const time = timeOf(record.timestamp);
		if (usage) {
			answer({
				id: `${folderOf(source) ?? source}:${record.id}`,
				isFinal: true,
				time,
				thread: folderOf(source) ?? source,
				...splitModel(state.model || undefined),
				client: 'open-design',
				usage: usageOfWhole({
					input: toldCount(usage.input_tokens),
					read: toldCount(usage.cached_read_tokens),
					written: optionalCount(usage.cached_write_tokens),
					output: toldCount(usage.output_tokens),
				}),
			});
			return;
		}
		const model = textOf(data.model);
		if (model !== undefined) {
			if (state.model !== '' && state.model !== model) {
				event('model changed', model);
			}
			state.model = model;
		}
		if (record.event === 'start') {
			sent(time);
		}
	},
});
