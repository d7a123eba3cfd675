import {type JsonObject, numberOf, objectOf, textOf} from '../json/json-values.js';

const rolloutTypes = new Set(['session_meta', 'turn_context', 'event_msg', 'response_item']);

/** True for a line of a coding agent's transcript, which has rules of its own. */
export const isTranscript = (line: JsonObject): boolean =>
	('sessionId' in line && ('uuid' in line || 'parentUuid' in line)) ||
	('payload' in line && rolloutTypes.has(String(line.type))) ||
	(line.type === 'gemini' && 'tokens' in line);

/** True for an event of Codex at the end of a turn: its usage is the total of the thread so far. */
export const tellsTurn = (line: JsonObject): boolean => endsTurn(line) || endsTurn(line.event) || endsTurn(line.data);

const endsTurn = (value: unknown): boolean => {
	const event = objectOf(value);
	return event?.type === 'turn.completed' && objectOf(event.usage) !== undefined;
};

/**
 * The model and thread in the result of a Claude Agent SDK run, whose usage sums the run's calls; undefined for any
 * other line. A run counts as one request with partial usage.
 */
export const runOf = (line: JsonObject): {readonly model?: string; readonly thread?: string} | undefined => {
	const result = [line, objectOf(line.result), objectOf(line.data), objectOf(line.message)].find(
		object =>
			object !== undefined && 'num_turns' in object && (object.type === 'result' || 'duration_api_ms' in object),
	);
	if (!result) {
		return undefined;
	}
	const models = Object.entries(objectOf(result.modelUsage) ?? {})
		.map(([name, usage]) => [name, numberOf(objectOf(usage)?.cacheReadInputTokens) ?? 0] as const)
		.sort(([, one], [, other]) => other - one);
	const thread = textOf(result.session_id);
	return {...(models[0] && {model: models[0][0]}), ...(thread !== undefined && {thread})};
};
