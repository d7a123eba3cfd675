import {type JsonObject, listOf, objectOf, textAt, textOf} from '../../json/json-values.js';

/** An event of the backend about a call: a plan, without an outcome. */
export type CacheEvent = {
	/** 32 hexadecimal digits. */
	readonly id: string;
	/** ISO 8601, by the backend's clock. */
	readonly created: string | undefined;
	/** ISO 8601, by the server's clock, which determines the order of its list. */
	readonly received: string | undefined;
	readonly message: string;
	readonly host: string | undefined;
	/** The context with its numbers. */
	readonly metrics: JsonObject;
};

/** How the message of such an event starts. */
export const messagePrefix = 'Prompt Cache Metrics: ';

/** The author of contexts written by hitrate: a snapshot of a window is not a call. */
const ownWriter = 'hitrate';

const longestText = 200;
const bounded = (text: string | undefined): string | undefined => text?.slice(0, longestText);

const identity = /^[0-9a-f]{32}$/;

/**
 * Reads an event in either of the server's key styles; undefined without cache metrics. The metrics alone do not
 * suffice: the context stays on the writer's scope, so later exceptions have it as well.
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

/** True if the event is about a call. */
export const tellsCall = ({message, metrics}: CacheEvent): boolean =>
	message.startsWith(messagePrefix) && metrics.writer !== ownWriter;

const serverOf = (event: JsonObject): string | undefined =>
	textOf(
		listOf(event.tags)
			.map(objectOf)
			.find(tag => tag?.key === 'server_name')?.value,
	);

/** The relevant part of an event as one line, which reads like the event of many kilobytes. */
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
