/** A JSON object that some other writer put around a log line. */
export type JsonEnvelope = {
	/** The line inside; undefined where the writer left it out. */
	readonly text: string | undefined;
	/** ISO time of the envelope, or the empty text. */
	readonly stamp: string;
	/** Epoch milliseconds, where the envelope tells it as a number. */
	readonly time: number | undefined;
	/** Tells processes apart that share a file. */
	readonly stream: string;
	/** It is so long that this writer may have split it; it then ends only the last part with a newline. */
	readonly splits: boolean;
};

type Value = Readonly<Record<string, unknown>>;

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Docker splits lines into parts of this many bytes; shorter ones without a newline were trimmed by a collector. */
export const dockerPart = 16 * 1024;

/** `docker logs` on disk: {"log":"…\n","stream":"stdout","time":"…Z"}; lines above 16 KiB are split. */
const docker = (value: Value): JsonEnvelope | undefined =>
	typeof value.log === 'string'
		? {
				text: value.log,
				stamp: text(value.time),
				time: undefined,
				stream: text(value.stream),
				splits: typeof value.stream === 'string' && Buffer.byteLength(value.log) >= dockerPart,
			}
		: undefined;

/** `journalctl -o json`: MESSAGE is an array of byte values where the line holds control characters, null where it is long. */
const journald = (value: Value): JsonEnvelope | undefined => {
	if (!('MESSAGE' in value)) {
		return undefined;
	}
	const message = value.MESSAGE;
	const realtime = text(value.__REALTIME_TIMESTAMP);
	const microseconds = /^\d{1,17}$/.test(realtime) ? Number(realtime) : 0;
	return {
		text: Array.isArray(message)
			? Buffer.from(message.filter(byte => typeof byte === 'number')).toString('utf8')
			: typeof message === 'string'
				? message
				: undefined,
		stamp: realtime,
		time: microseconds > 0 ? Math.floor(microseconds / 1000) : undefined,
		stream: `${text(value._HOSTNAME)}[${text(value._PID)}]`,
		splits: false,
	};
};

/** PM2's JSON log and the many collectors that name the line `message`, `msg`, `line` or `@message`. */
const message = (value: Value): JsonEnvelope | undefined => {
	const line = value.message ?? value['@message'] ?? value.msg ?? value.line;
	return typeof line === 'string'
		? {
				text: line,
				stamp: text(value.timestamp ?? value['@timestamp'] ?? value.time ?? value.ts),
				time: undefined,
				stream: `${text(value.app_name)}${typeof value.process_id === 'number' ? value.process_id : ''}`,
				splits: false,
			}
		: undefined;
};

/** The line inside a JSON object that is not itself an event; undefined where it holds none. */
export const openEnvelope = (value: Value): JsonEnvelope | undefined =>
	docker(value) ?? journald(value) ?? message(value);
