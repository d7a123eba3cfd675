import type {Usage} from '../../../request.js';
import {type JsonObject, objectOf, textOf} from '../../json/json-values.js';
import {Member} from '../../json/member.js';
import {ObjectSkimmer} from '../../json/object-skimmer.js';
import {optionalCount, toldCount, usageOfWhole} from '../../records/counts.js';

/** The members of a session's line that are needed. Each holds the value of the line skimmed last. */
export const sessionId = new Member('sessionId');
export const projectHash = new Member('projectHash');
export const kind = new Member('kind');
export const change = new Member('$set');
export const rewind = new Member('$rewindTo');
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

/** Skims a line: a message, or metadata of the session. */
export const skimmer = new ObjectSkimmer(
	[sessionId, projectHash, kind, change, rewind, batch, id, type, timestamp, model, tokens],
	['"tokens"', '"sessionId"'],
);

/**
 * The prompt includes what was read from the cache; tokens added by tools and thoughts are separate. NaN is not a
 * count.
 */
type Tokens = {
	readonly input: number;
	readonly output: number;
	readonly cached: number;
	readonly thoughts: number;
	readonly tool: number;
};

/** The usage of an answer: thoughts are billed as output. */
export const toUsage = ({input, output, cached, thoughts, tool}: Tokens): Usage =>
	usageOfWhole({
		input: input + tool,
		read: cached,
		written: undefined,
		output: output + thoughts,
	});

/** An answer with token counts. */
export type Answer = {
	readonly id: string;
	readonly timestamp: string | undefined;
	readonly model: string | undefined;
	readonly tokens: Tokens;
};

/** The time of a user's message in the line skimmed last; undefined for any other line. */
export const skimmedQuestion = (): string | undefined => (type.text === 'user' ? (timestamp.text ?? '') : undefined);

/** The time of a user's message; undefined for any other message. */
export const questionIn = (message: JsonObject): string | undefined =>
	message.type === 'user' ? (textOf(message.timestamp) ?? '') : undefined;

/** The answer in the line skimmed last, if it has token counts. */
export const skimmedAnswer = (): Answer | undefined =>
	id.text !== undefined && type.text === 'gemini' && tokens.isObject
		? {
				id: id.text,
				timestamp: timestamp.text,
				model: model.text,
				tokens: {
					input: input.told ?? 0,
					output: output.told ?? 0,
					cached: cached.told ?? 0,
					thoughts: thoughts.optional ?? 0,
					tool: tool.optional ?? 0,
				},
			}
		: undefined;

/** The answer in a parsed message, if it has token counts. */
export const toAnswer = (message: JsonObject): Answer | undefined => {
	const name = textOf(message.id);
	const counted = objectOf(message.tokens);
	return name !== undefined && message.type === 'gemini' && counted
		? {
				id: name,
				timestamp: textOf(message.timestamp),
				model: textOf(message.model),
				tokens: {
					input: toldCount(counted.input) ?? 0,
					output: toldCount(counted.output) ?? 0,
					cached: toldCount(counted.cached) ?? 0,
					thoughts: optionalCount(counted.thoughts) ?? 0,
					tool: optionalCount(counted.tool) ?? 0,
				},
			}
		: undefined;
};
