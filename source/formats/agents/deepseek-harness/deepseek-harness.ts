import {type JsonObject, objectOf, textOf} from '../../json/json-values.js';
import {countOf, optionalCount, toldCount, usageOfParts} from '../../records/counts.js';
import {recordFormat} from '../../records/record-format.js';

const usageOf = (usage: JsonObject) =>
	usageOfParts({
		input: toldCount(usage.inputTokens),
		read: toldCount(usage.cacheReadTokens),
		written: optionalCount(usage.cacheWriteTokens),
		output: toldCount(usage.outputTokens),
	});

/**
 * Sessions of DeepSeek Harness (dsh). The usage of a step is in a chunk and again in its message. A fork begins with the
 * events of its parent, with their times, so the first of these times is the identity of a step. The input excludes what
 * was read (a session in getagentseal/codeburn, tests/fixtures/dsh).
 */
export const deepseekHarness = recordFormat({
	name: 'deepseek-harness',
	title: 'DeepSeek Harness session',
	words: ['"usage"', 'request/', 'step/start', '"session"', 'user/message', 'ompact'],
	kinship: record => {
		const isHeader = record.type === 'session' && typeof record.createdAt === 'number';
		const isEvent = typeof record.type === 'string' && record.type.includes('/') && typeof record.seq === 'number';
		return isHeader || isEvent ? 'own' : 'seq0' in record ? 'neutral' : 'foreign';
	},
	beginning: () => ({
		session: '',
		project: '',
		model: '',
		provider: '',
		/** Number of events at the beginning that are copies of the parent's. */
		inherited: 0,
		/** The latest step, and the time of its first usage as logged. */
		step: {name: '', time: ''},
	}),
	read: (record, state, {source, answer, event, rebuilt, sent, timeOf}) => {
		const data = objectOf(record.data) ?? {};
		const time = timeOf(record.time);
		const tell = (usage: JsonObject | undefined): void => {
			if (usage) {
				const name = `${data.turn}.${data.step}`;
				state.step = state.step.name === name ? state.step : {name, time: String(record.time)};
				answer({
					id: time === undefined ? `${state.session || source}:${name}` : `${name}:${state.step.time}`,
					time,
					...(Number(record.seq) < state.inherited && {replica: true}),
					thread: state.session || undefined,
					project: state.project || undefined,
					model: state.model || undefined,
					provider: state.provider || undefined,
					client: 'dsh',
					usage: usageOf(usage),
				});
			}
		};
		switch (record.type) {
			case 'session':
				state.session = textOf(record.id) ?? '';
				state.project = textOf(record.cwd) ?? '';
				state.inherited = textOf(record.parentSession) === undefined ? 0 : (countOf(record.seedLength) ?? 0);
				break;
			case 'request/context':
				state.model = textOf(data.model) ?? state.model;
				state.provider = textOf(data.provider) ?? state.provider;
				break;
			case 'step/start':
				sent(time);
				break;
			case 'user/message':
				if (objectOf(data.source)?.kind === 'user') {
					event('new turn');
				}
				break;
			case 'assistant/chunk': {
				const chunk = objectOf(data.chunk);
				tell(chunk?.type === 'usage' ? objectOf(chunk.usage) : undefined);
				break;
			}
			case 'assistant/message': {
				const by = objectOf(objectOf(data.message)?.source);
				state.model = textOf(by?.model) ?? state.model;
				state.provider = textOf(by?.provider) ?? state.provider;
				tell(objectOf(data.usage));
				break;
			}
			case 'context/compacted':
			case 'session/compaction':
				rebuilt();
				event('compaction');
				break;
		}
	},
});
