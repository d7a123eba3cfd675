/** An event of a structured application log, in any rendering or wrapper. */
export type LogRecord = {
	/** The time as written, with all digits; empty if the line has none. */
	readonly stamp: string;
	/** Epoch milliseconds, if a wrapper has the time as a number. */
	readonly time?: number | undefined;
	/**
	 * The event's text. In a console rendering it includes the `key=value` pairs, because only the event's wording
	 * determines where it ends.
	 */
	readonly text: string;
	/** The context in a JSON rendering; undefined for a console rendering, where it is part of `text`. */
	readonly fields: Readonly<Record<string, unknown>> | undefined;
};

const stamp = String.raw`(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?)`;
const level = 'debug|info|warning|warn|error|critical|exception|notset|trace|success';
const consoleHeader = new RegExp(`^${stamp} +\\[(?:${level}) *\\] +`);
const consoleHeaderWithoutTime = new RegExp(`^\\[(?:${level}) *\\] +`);
const standardHeader = new RegExp(
	`^${stamp} - (?:(?:DEBUG|INFO|WARNING|ERROR|CRITICAL) - [\\w.]{1,80}|[\\w.]{1,80} - (?:DEBUG|INFO|WARNING|ERROR|CRITICAL)(?: - [\\w.]{1,80}:\\d{1,6})?) - `,
);

/**
 * Parses a line of structlog's console renderer (without colours) or of Python's `logging`; undefined for anything
 * else, such as the continuation of a multi-line event or a traceback.
 */
export const parseConsole = (line: string): LogRecord | undefined => {
	const match = consoleHeader.exec(line) ?? standardHeader.exec(line);
	if (match) {
		return {stamp: match[1] as string, text: line.slice(match[0].length), fields: undefined};
	}
	const bare = consoleHeaderWithoutTime.exec(line);
	return bare ? {stamp: '', text: line.slice(bare[0].length), fields: undefined} : undefined;
};

/** Reads a parsed line of structlog's JSON renderer; undefined if it has no event. */
export const parseJsonRecord = (value: Readonly<Record<string, unknown>>): LogRecord | undefined => {
	if (typeof value.event !== 'string') {
		return undefined;
	}
	const stamp = typeof value.timestamp === 'string' ? value.timestamp : '';
	return {stamp, text: value.event, fields: value};
};

const pair = / *([A-Za-z_][\w.]*)=('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[^ ]*)/y;

/**
 * Parses the context after an event's text in a console rendering. Undefined if the tail is not `key=value` pairs only:
 * then the event continues, and is not what its beginning looked like.
 */
export const parseTail = (tail: string): Readonly<Record<string, string | undefined>> | undefined => {
	const fields: Record<string, string | undefined> = {};
	const text = tail.trimEnd();
	if (text !== '' && !text.startsWith(' ')) {
		return undefined;
	}
	pair.lastIndex = 0;
	let position = 0;
	while (position < text.length) {
		pair.lastIndex = position;
		const match = pair.exec(text);
		if (!match) {
			return undefined;
		}
		const value = match[2] as string;
		fields[match[1] as string] = value === 'None' ? undefined : value;
		position = pair.lastIndex;
	}
	return fields;
};
