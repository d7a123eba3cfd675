import {createHash} from 'node:crypto';
import {hostname} from 'node:os';

/** An event in Sentry's protocol, without the parts that all our events share. */
export type OutgoingEvent = {
	/** Identifies the event: one that is sent twice is stored once. */
	readonly identity: string;
	/** Epoch milliseconds. */
	readonly time: number;
	readonly level: 'info' | 'warning' | 'error';
	/** The first line is the title of its issue. */
	readonly message: string;
	/** Events with the same fingerprint are grouped as one issue, whatever their messages. */
	readonly fingerprint: readonly string[];
	readonly tags: Readonly<Record<string, string>>;
	readonly contexts: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
};

const longestTag = 200;

/** The sender of all events. The version is that of the events' shape. */
const sender = {name: 'hitrate', version: '1'};

const eventIdOf = ({identity}: Pick<OutgoingEvent, 'identity'>): string =>
	createHash('sha256').update(identity).digest('hex').slice(0, 32);

/** An envelope with one event: three lines of JSON. @param sent time in epoch milliseconds */
export const envelopeOf = (event: OutgoingEvent, sent: number): Buffer => {
	const id = eventIdOf(event);
	const tags = Object.entries(event.tags).map(([key, value]) => [key, value.slice(0, longestTag)]);
	const payload = Buffer.from(
		JSON.stringify({
			event_id: id,
			timestamp: new Date(event.time).toISOString(),
			platform: 'other',
			level: event.level,
			logger: sender.name,
			message: event.message,
			fingerprint: event.fingerprint,
			tags: Object.fromEntries(tags),
			contexts: event.contexts,
			server_name: hostname(),
			sdk: sender,
		}),
	);
	const header = {event_id: id, sent_at: new Date(sent).toISOString(), sdk: sender};
	const item = {type: 'event', content_type: 'application/json', length: payload.length};
	return Buffer.concat([
		Buffer.from(`${JSON.stringify(header)}\n${JSON.stringify(item)}\n`),
		payload,
		Buffer.from('\n'),
	]);
};
