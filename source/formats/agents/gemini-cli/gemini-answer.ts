import {asCount, asObject, asText, type JsonObject} from '../../json/json-line.js';
import {Member} from '../../json/member.js';
import {ObjectSkimmer} from '../../json/object-skimmer.js';

export const sessionId = new Member('sessionId');
export const projectHash = new Member('projectHash');
export const change = new Member('$set');
export const batch = new Member('messages');
export const id = new Member('id');
const type = new Member('type');
const timestamp = new Member('timestamp');
const model = new Member('model');
const input = new Member('input');
const output = new Member('output');
const cached = new Member('cached');
const thoughts = new Member('thoughts');
const tool = new Member('tool');
const tokens = new Member('tokens', {inside: [input, output, cached, thoughts, tool]});

/** Skims a line: a message, or what is known of the session. */
export const skimmer = new ObjectSkimmer(
	[sessionId, projectHash, change, batch, id, type, timestamp, model, tokens],
	['"tokens"', '"sessionId"'],
);

/** The prompt holds what was read from the cache; what tools added to it and the thoughts are counted apart. */
export type Tokens = {
	readonly input: number;
	readonly output: number;
	readonly cached: number;
	readonly thoughts: number;
	readonly tool: number;
};

/** An answer that tells its tokens. */
export type Answer = {
	readonly id: string;
	readonly timestamp: string | undefined;
	readonly model: string | undefined;
	readonly tokens: Tokens;
};

/** The answer that the line tells that was skimmed last, if it tells one. */
export const skimmedAnswer = (): Answer | undefined =>
	id.text !== undefined && type.text === 'gemini' && tokens.isObject
		? {
				id: id.text,
				timestamp: timestamp.text,
				model: model.text,
				tokens: {
					input: input.count,
					output: output.count,
					cached: cached.count,
					thoughts: thoughts.count,
					tool: tool.count,
				},
			}
		: undefined;

/** The same of a message that was parsed. */
export const toAnswer = (message: JsonObject): Answer | undefined => {
	const name = asText(message.id);
	const counted = asObject(message.tokens);
	return name !== undefined && message.type === 'gemini' && counted
		? {
				id: name,
				timestamp: asText(message.timestamp),
				model: asText(message.model),
				tokens: {
					input: asCount(counted.input),
					output: asCount(counted.output),
					cached: asCount(counted.cached),
					thoughts: asCount(counted.thoughts),
					tool: asCount(counted.tool),
				},
			}
		: undefined;
};
