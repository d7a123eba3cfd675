import {type JsonObject, objectOf, textOf} from '../../json/json-values.js';
import {optionalCount, toldCount, usageOfParts} from '../../records/counts.js';
import {namesOf} from '../../records/path.js';
import {recordFormat} from '../../records/record-format.js';

const usageOf = (usage: JsonObject) =>
	usageOfParts({
		input: toldCount(usage.inputOther),
		read: toldCount(usage.inputCacheRead),
		written: optionalCount(usage.inputCacheCreation),
		output: toldCount(usage.output),
	});

/** Milliseconds between the records of one request, which are within 5 of each other. */
const sameWithin = 1000;

/**
 * Sessions of Kimi Code: `sessions/<folder>/<session>/agents/<agent>/wire.jsonl`. Based on MoonshotAI/kimi-code,
 * packages/agent-core-v2: the usage of a request is in `usage.record` and in `step.end`, in either order (equal counts
 * within some milliseconds are one request). A `usage.record` with the scope `session` is a request outside of a turn:
 * a compaction. Its model is an alias; the `llm.request` before it has the real one.
 */
export const kimiCode = recordFormat({
	name: 'kimi-code',
	title: 'Kimi Code session',
	words: ['usage.record', 'step.end', 'llm.request', 'ompaction', '"cwd"', '"forked"', 'turn.prompt', 'tools_snapshot'],
	kinship: record => {
		const hasTime = typeof record.time === 'number' || typeof record.created_at === 'number';
		const isEvent =
			typeof record.type === 'string' && /^(?:llm|usage|context|turn|config|tools|profile)\.\w/.test(record.type);
		// Applications name their events so, too, but write them with a logger.
		const isLogged = 'level' in record || 'msg' in record;
		return hasTime && isEvent && !isLogged ? 'own' : hasTime && typeof record.type === 'string' ? 'neutral' : 'foreign';
	},
	beginning: () => ({
		model: '',
		provider: '',
		effort: '',
		project: '',
		tools: '',
		/** The record that reported the latest request: its kind, time and counts. */
		told: {kind: '', time: 0, usage: ''},
	}),
	read: (record, state, {source, answer, event, rebuilt, sent, timeOf}) => {
		const time = timeOf(record.time);
		const [, folder, , session] = namesOf(source);
		const tell = (kind: 'step' | 'record', counts: JsonObject, agent?: string): void => {
			const usage = usageOf(counts);
			const text = JSON.stringify(usage);
			const {told} = state;
			state.told = {kind, time: time ?? 0, usage: text};
			if (told.kind !== kind && told.usage === text && Math.abs((time ?? 0) - told.time) <= sameWithin) {
				state.told = {kind: '', time: 0, usage: ''};
				return;
			}
			answer({
				id: `${record.time}:${kind}:${text}`,
				time,
				thread: session ?? folder,
				agent: agent ?? textOf(record.agentId) ?? folder,
				project: state.project || undefined,
				model: state.model || textOf(record.model),
				provider: state.provider || undefined,
				client: 'kimi-code',
				...(state.effort && {settings: {effort: state.effort}}),
				usage,
			});
		};
		switch (record.type) {
			case 'llm.request':
				state.model = textOf(record.model) ?? state.model;
				state.provider = textOf(record.provider) ?? state.provider;
				state.effort = textOf(record.thinkingEffort) ?? state.effort;
				sent(time);
				break;
			case 'llm.tools_snapshot': {
				const hash = textOf(record.hash) ?? '';
				if (state.tools !== '' && state.tools !== hash) {
					event('tools changed');
				}
				state.tools = hash;
				break;
			}
			case 'usage.record': {
				const usage = objectOf(record.usage);
				if (usage) {
					tell('record', usage, record.usageScope === 'session' ? 'compaction' : undefined);
				}
				break;
			}
			case 'context.append_loop_event': {
				const inner = objectOf(record.event);
				const usage = inner?.type === 'step.end' ? objectOf(inner.usage) : undefined;
				if (usage) {
					tell('step', usage);
				}
				break;
			}
			case 'turn.prompt':
				event('new turn');
				break;
			case 'forked':
				event('fork');
				break;
			case 'context.apply_compaction':
				rebuilt();
				event('compaction');
				break;
			case 'config.update':
				state.project = textOf(record.cwd) ?? state.project;
				break;
			case 'profile.bind':
				state.project = textOf(objectOf(record.environmentDisclosure)?.cwd) ?? state.project;
				break;
		}
		if (typeof record.type === 'string' && record.type.startsWith('full_compaction.')) {
			rebuilt();
			event('compaction');
		}
	},
});
