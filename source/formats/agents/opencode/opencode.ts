import {parseObject} from '../../json/json-line.js';
import {type JsonObject, objectOf, textOf} from '../../json/json-values.js';
import {optionalCount, toldCount, usageOfParts} from '../../records/counts.js';
import {recordFormat} from '../../records/record-format.js';
import type {RecordContext} from '../../records/record-reader.js';

/** A message: from a file, a row of `message`, or a row of `session_message` in version 2. */
type Message = {
	/** The message's content; for a row, its column `data`. */
	readonly data: JsonObject;
	readonly session: string | undefined;
	/** The session that started this one, for a sub-agent. */
	readonly parent: string | undefined;
	readonly directory: string | undefined;
	readonly version: string | undefined;
	/** In version 2, the kind of the row. */
	readonly type: string | undefined;
	/** True if it summarises the conversation, which then continues with the summary. */
	readonly isSummary: boolean;
	readonly created: unknown;
};

const ofRow = (row: JsonObject): Message => ({
	data: parseObject(textOf(row.data) ?? '') ?? {},
	session: textOf(row.session_id),
	parent: textOf(row.root_id),
	directory: textOf(row.directory),
	version: textOf(row.version),
	type: textOf(row.type),
	isSummary: row.is_summary === 1,
	created: row.time_created,
});

const ofFile = (data: JsonObject): Message => ({
	data,
	session: textOf(data.sessionID),
	parent: undefined,
	directory: undefined,
	version: undefined,
	type: undefined,
	isSummary: data.summary === true,
	created: undefined,
});

/** True if the message's tokens are final, which they are once its step has ended. */
const isEnded = ({data, type}: Message): boolean => {
	const {completed} = objectOf(data.time) ?? {};
	if (type === 'compaction') {
		return data.status === undefined || data.status === 'completed' || data.status === 'failed';
	}
	const isOlder = completed === undefined && data.finish === undefined && data.error === undefined;
	return !isOlder || type === undefined;
};

/** The name of the agent that wrote a message; older versions call it the mode. */
const agentIn = ({data}: Message): string | undefined => textOf(data.agent) ?? textOf(data.mode);

/** True if a message summarises the conversation: a row of its own in version 2, an answer before. */
const isCompaction = (message: Message): boolean =>
	message.type === 'compaction' || message.isSummary || agentIn(message) === 'compaction';

const answerOf = (message: Message, {answer, compare, timeOf}: RecordContext): void => {
	const {data, session, parent, type} = message;
	const tokens = objectOf(data.tokens);
	const times = objectOf(data.time) ?? {};
	const model = objectOf(data.model);
	const name = textOf(data.modelID) ?? textOf(model?.id) ?? textOf(model?.modelID);
	const isAnswer = data.role === 'assistant' || type === 'assistant' || type === 'compaction';
	if (!tokens || !(isAnswer || (data.role === undefined && type === undefined)) || !isEnded(message)) {
		return;
	}
	const cache = objectOf(tokens.cache);
	const usage = usageOfParts({
		input: toldCount(tokens.input),
		read: toldCount(cache?.read),
		written: optionalCount(cache?.write),
		// Reasoning is separate from output, and billed as output.
		output: (toldCount(tokens.output) ?? 0) + (optionalCount(tokens.reasoning) ?? 0),
	});
	const created = timeOf(times.created) ?? timeOf(message.created);
	const completed = timeOf(times.completed);
	const {uncached, cacheRead, cacheWrite5m, output} = usage;
	const effort = textOf(data.variant) ?? textOf(model?.variant);
	if (!isCompaction(message)) {
		// Each agent has a system prompt and tools of its own.
		compare('mode', agentIn(message));
	}
	answer({
		// A fork copies messages with new ids but their times; the database repeats older files.
		id: [created ?? textOf(data.id) ?? '', name ?? '', uncached, cacheRead, cacheWrite5m, output].join(':'),
		time: completed ?? created,
		start: created,
		thread: parent ?? session,
		agent: isCompaction(message)
			? 'compaction'
			: parent === undefined || parent === session
				? 'main'
				: agentIn(message),
		...(parent !== undefined && parent !== session && {agentId: session}),
		project: textOf(objectOf(data.path)?.cwd) ?? message.directory ?? textOf(data.path),
		model: name,
		provider: textOf(data.providerID) ?? textOf(model?.providerID),
		client: message.version === undefined ? undefined : `opencode ${message.version}`,
		...(effort !== undefined && {settings: {effort}}),
		failed: completed === undefined || data.error !== undefined,
		usage,
	});
};

/**
 * OpenCode, and Kilo since it is based on it: rows of its database, and the files `storage/message/<session>/<id>.json`
 * from before version 1.2. Based on anomalyco/opencode: packages/opencode/src/session (getUsage), packages/schema/src/
 * session-message.ts. The input always excludes the cache.
 */
export const openCode = recordFormat({
	name: 'opencode',
	title: 'OpenCode session (OpenCode, Kilo)',
	words: ['"tokens', '\\"tokens', '"modelID"', '"model-switched"'],
	kinship: record => {
		const isRow = record.database === 'opencode';
		const isFile =
			typeof record.sessionID === 'string' && typeof record.id === 'string' && objectOf(record.time) !== undefined;
		return isRow || (isFile && ('modelID' in record || 'tokens' in record)) ? 'own' : isFile ? 'neutral' : 'foreign';
	},
	isDocument: beginning =>
		/^\s*\{/.test(beginning) && /"sessionID":\s*"/.test(beginning) && /"(?:modelID|role)":\s*"/.test(beginning),
	beginning: () => ({}),
	read: (record, _state, context) => {
		const message = record.database === 'opencode' ? ofRow(record) : ofFile(record);
		const session = context.in(message.session ?? '');
		if (message.type === 'model-switched') {
			session.event('model changed', textOf(objectOf(message.data.model)?.id));
			return;
		}
		answerOf(message, session);
		if (isCompaction(message)) {
			session.rebuilt();
			session.event('compaction');
		}
	},
});
