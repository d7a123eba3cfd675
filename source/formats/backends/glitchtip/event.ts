import {type JsonObject, listOf, objectOf, textAt, textOf} from '../../json/json-values.js';

/** What the backend told of one call in an event: a plan, and nothing of its outcome. */
export type CacheEvent = {
	/** 32 hexadecimal digits. */
	readonly id: string;
	/** ISO 8601, by the clock of the backend. */
	readonly created: string | undefined;
	/** ISO 8601, by the clock of the server: the order of its list. */
	readonly received: string | undefined;
	readonly message: string;
	readonly host: string | undefined;
	/** The context that holds its numbers. */
	readonly metrics: JsonObject;
};

/** How the message of such an event begins. */
export const messagePrefix = 'Prompt Cache Metrics: ';

/** Who wrote the context, where that was this program: a snapshot of a window is not a call. */
const ownWriter = 'hitrate';

const longestText = 200;
const bounded = (text: string | undefined): string | undefined => text?.slice(0, longestText);

const identity = /^[0-9a-f]{32}$/;

/**
 * The event that a JSON object is, in either of the server's key styles; undefined where it holds no cache metrics.
 * These alone do not make it one: the context stays on the writer's scope, so later exceptions carry it as well.
 */
export const readEvent = (value: unknown): CacheEvent | undefined => {
	const event = objectOf(value);
	const metrics = objectOf(objectOf(event?.contexts)?.cache_metrics);
	if (!event || !metrics) {
		return undefined;
	}
	const id = textAt(event, 'eventID', 'event_id', 'id')?.replaceAll('-', '').toLowerCase() ?? '';
	if (!identity.test(id)) {
		return undefined;
	}
	return {
		id,
		created: textAt(event, 'dateCreated', 'date_created'),
		received: textAt(event, 'dateReceived', 'date_received'),
		message: bounded(textAt(event, 'message', 'title')) ?? '',
		host: bounded(serverOf(event)),
		metrics,
	};
};

/** Whether it tells a call. */
export const tellsCall = ({message, metrics}: CacheEvent): boolean =>
	message.startsWith(messagePrefix) && metrics.writer !== ownWriter;

const serverOf = (event: JsonObject): string | undefined =>
	textOf(
		listOf(event.tags)
			.map(objectOf)
			.find(tag => tag?.key === 'server_name')?.value,
	);

/** As one line: what is of use, of the many kilobytes that an event has. It reads as the event itself does. */
export const lineOf = ({id, created, received, message, host, metrics}: CacheEvent): string =>
	`${JSON.stringify({
		eventID: id,
		dateCreated: bounded(created),
		dateReceived: bounded(received),
		message,
		...(host !== undefined && {tags: [{key: 'server_name', value: host}]}),
		contexts: {cache_metrics: Object.fromEntries(Object.entries(metrics).slice(0, 40).flatMap(plainMember))},
	})}\n`;

const plainMember = ([key, value]: [string, unknown]): [string, unknown][] => {
	const plain = typeof value === 'number' ? value : bounded(textOf(value));
	return plain === undefined || key.length > longestText ? [] : [[key, plain]];
};
