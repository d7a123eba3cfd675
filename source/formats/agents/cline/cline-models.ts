import type {ThreadModel} from '../../format.js';
import {type JsonObject, listOf, objectOf, textOf} from '../../json/json-values.js';
import {folderOf} from '../../records/path.js';
import {recordFormat} from '../../records/record-format.js';
import {folderPattern, modelPattern} from './environment.js';

type Entry = Pick<ThreadModel, 'model' | 'provider' | 'from'>;

/** The text of a user's message or tool result, which may contain environment details. */
const messageText = (message: JsonObject): string =>
	textOf(message.content) ??
	listOf(message.content)
		.map(part => textOf(objectOf(part)?.text) ?? '')
		.join('\n');

/** Entries with another model than the entry before. */
const switches = (entries: readonly Entry[]): readonly Entry[] =>
	entries.filter(({model}, index) => model !== entries[index - 1]?.model);

/** Several models without start times cannot be assigned to requests. */
const usable = (entries: readonly Entry[]): readonly Entry[] => {
	const all = switches(entries);
	return all.length === 1
		? all.map(entry => ({...entry, from: undefined}))
		: all.filter(({from}) => from !== undefined);
};

/**
 * Files next to a task's messages that name the model, for versions of Cline and Roo Code whose messages do not:
 * `task_metadata.json` (cline/cline, src/core/context/context-tracking/ModelContextTracker.ts: an entry per change of
 * model), and `api_conversation_history.json`, in environment details or as `modelInfo`.
 */
export const clineModels = recordFormat({
	name: 'cline-models',
	title: 'Models of a Cline task',
	words: ['"model_usage"', '<model>', '"modelInfo"', 'Current Workspace Directory ('],
	kinship: () => 'foreign',
	isDocument: beginning =>
		(/^\s*\{/.test(beginning) && /"(?:files_in_context|model_usage)":\s*\[/.test(beginning)) ||
		(/^\s*\[\s*\{\s*"role":\s*"user",\s*"content":/.test(beginning) &&
			/<(?:task|user_message|environment_details)>/.test(beginning)),
	beginning: () => ({}),
	read: (record, _state, {source, models, timeOf}) => {
		const thread = folderOf(source) ?? '';
		const told = listOf(record.model_usage).map((value): Entry => {
			const {ts, model_id, model_provider_id} = objectOf(value) ?? {};
			return {model: textOf(model_id), provider: textOf(model_provider_id), from: timeOf(ts)};
		});
		let project: string | undefined;
		const said = listOf(record.list).flatMap((value): readonly Entry[] => {
			const message = objectOf(value) ?? {};
			const info = objectOf(message.modelInfo);
			const text = message.role === 'user' ? messageText(message) : '';
			project ??= folderPattern.exec(text)?.[1];
			const model = textOf(info?.modelId) ?? modelPattern.exec(text)?.[1];
			return model === undefined ? [] : [{model, provider: textOf(info?.providerId), from: timeOf(message.ts)}];
		});
		const entries = usable([...told, ...said].filter(({model}) => model !== undefined));
		const all = entries.length > 0 ? entries : [{model: undefined, provider: undefined, from: undefined}];
		models(entries.length > 0 || project !== undefined ? all.map(entry => ({thread, project, ...entry})) : []);
	},
});
