import {type JsonObject, objectOf} from '../json/json-values.js';
import type {Counts} from './counts.js';
import {readUsage} from './shapes.js';

/** A usage object and where in the line it was. */
export type FoundUsage = {
	readonly counts: Counts;
	/** The objects around the usage, the line's own first. */
	readonly path: readonly JsonObject[];
};

const deepest = 4;

/** What a usage object is called. */
const usageNames = ['usage', 'usageMetadata', 'usage_metadata', 'token_usage'] as const;

/** What may hold a response, or a usage spread out among other fields. Texts and tools of a conversation are not here. */
const carriers = [
	'response',
	'message',
	'body',
	'data',
	'metadata',
	'result',
	'payload',
	'jsonPayload',
	'output',
	'outputBodyJson',
	'attributes',
	'properties',
	'fields',
	'extra',
	'context',
	'event',
	'completion',
	'llm',
	'chunk',
	'response_metadata',
] as const;

/** The first usage object of a line, the outermost first. */
export const findUsage = (line: JsonObject): FoundUsage | undefined => {
	let level: readonly (readonly JsonObject[])[] = [[line]];
	for (let depth = 0; depth <= deepest && level.length > 0; depth++) {
		const next: (readonly JsonObject[])[] = [];
		for (const path of level) {
			const holder = path[path.length - 1] as JsonObject;
			const counts = countsIn(holder);
			if (counts) {
				return {counts, path};
			}
			for (const name of carriers) {
				const inner = objectOf(holder[name]);
				if (inner) {
					next.push([...path, inner]);
				}
			}
		}
		level = next;
	}
	return undefined;
};

const countsIn = (holder: JsonObject): Counts | undefined => {
	for (const name of usageNames) {
		const usage = objectOf(holder[name]);
		const counts = usage && readUsage(usage);
		if (counts) {
			return counts;
		}
	}
	return readUsage(holder);
};

const rolloutTypes = new Set(['session_meta', 'turn_context', 'event_msg', 'response_item']);

/**
 * Whether a line belongs to the transcript of a coding agent, which has rules of its own, or tells a sum or a rest of
 * what other lines tell whole: the result of an agent's run, the last event of a streamed message.
 */
export const isToldElsewhere = (line: JsonObject): boolean =>
	('sessionId' in line && ('uuid' in line || 'parentUuid' in line)) ||
	('payload' in line && rolloutTypes.has(String(line.type))) ||
	(line.type === 'result' && 'num_turns' in line) ||
	line.type === 'turn.completed' ||
	line.type === 'message_delta';
