import {boundName} from '../../text/bound-names.js';
import {type JsonObject, objectOf, textOf} from '../json/json-values.js';
import {View} from '../json/view.js';
import {RecentMap} from '../state/recent-map.js';
import type {Call} from './call.js';
import type {Counts} from './counts.js';
import {isPlainCall} from './saved-request.js';

/** Maximum number of messages being streamed at the same time. */
const mostOpen = 50;
/** Maximum number of these that are saved. */
const mostSaved = 10;

/** A message without its last event, as plain data. */
type Open = {readonly call: Call; readonly identity: string};

/** The state as plain data. */
export type MessageStreamsState = readonly (readonly [string, unknown])[];

/** The event of Anthropic's Messages API that an object is, or contains in `event` or `data`. */
const eventIn = (line: JsonObject): JsonObject | undefined =>
	[line, objectOf(line.event), objectOf(line.data)].find(
		object => object?.type === 'message_start' || object?.type === 'message_delta',
	);

/** True for the two events of a streamed message that have usage. */
export const isStreamEvent = (line: JsonObject): boolean => eventIn(line) !== undefined;

/**
 * Combines the two events of a streamed message that have usage. The values of the last one replace those of the first:
 * compatible endpoints may report the cache only at the end.
 */
export class MessageStreams {
	readonly #open: RecentMap<Open>;

	constructor(state: MessageStreamsState = []) {
		this.#open = new RecentMap(
			mostOpen,
			state.filter((entry): entry is readonly [string, Open] => isOpen(entry[1])),
		);
	}

	get state(): MessageStreamsState {
		return this.#open.entries().slice(-mostSaved);
	}

	/** Notes the call of a line, if the line is the first event of a message. */
	began(line: JsonObject, stream: string, call: Call, identity: string): void {
		if (eventIn(line)?.type === 'message_start') {
			this.#open.set(keyOf(line, stream), {call: bounded({...call, steps: undefined}), identity});
		}
	}

	/** The call that the last event of a message completes, with its identity; undefined for other lines. */
	completed(line: JsonObject, stream: string, delta: Call | undefined): Open | undefined {
		const event = eventIn(line);
		const usage = event?.type === 'message_delta' ? objectOf(event.usage) : undefined;
		if (!usage) {
			return undefined;
		}
		const key = keyOf(line, stream);
		const open = this.#open.get(key);
		if (!open) {
			return undefined;
		}
		this.#open.delete(key);
		return {
			identity: open.identity,
			call: {
				...open.call,
				counts: delta && !delta.counts.cacheUnknown ? delta.counts : withOutput(open.call.counts, usage),
				...(delta?.time !== undefined && {time: delta.time}),
				steps: delta?.steps,
			},
		};
	}
}

const isOpen = (value: unknown): value is Open => {
	const open = objectOf(value);
	return typeof open?.identity === 'string' && isPlainCall(open.call);
};

/** A call with all texts bounded, so that they cannot fill the saved state. */
const bounded = (call: Call): Call =>
	Object.fromEntries(
		Object.entries(call).map(([name, value]) => [name, typeof value === 'string' ? boundName(value) : value]),
	) as Call;

const withOutput = (counts: Counts, usage: JsonObject): Counts => {
	const output = usage.output_tokens;
	return typeof output === 'number' ? {...counts, output} : counts;
};

/** Concurrent messages are distinguished by the application's name of their request. */
const keyOf = (line: JsonObject, stream: string): string => {
	const view = new View(line);
	const names = ['request_id', 'thread_id', 'session_id'].map(name => textOf(view.at(name)) ?? '');
	return boundName([stream, ...names].join('|')) as string;
};
