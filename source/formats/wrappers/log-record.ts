/** One event of a structured application log, whatever it was rendered or wrapped as. */
export type LogRecord = {
	/** The time as it was written, with all its digits; empty where the line carries none. */
	readonly stamp: string;
	/** Epoch milliseconds, where a wrapper tells the time as a number. */
	readonly time?: number | undefined;
	/**
	 * The event's text. In a console rendering the `key=value` pairs still follow it, because only who knows the
	 * event's wording can tell where it ends.
	 */
	readonly text: string;
	/** The context of a JSON rendering; undefined for a console rendering, whose context is the tail of `text`. */
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
 * A line of structlog's console renderer (without colours) or of Python's `logging`; undefined for anything else, such
 * as the continuation of a multi-line event or a traceback.
 */
export const parseConsole = (line: string): LogRecord | undefined => {
	const match = consoleHeader.exec(line) ?? standardHeader.exec(line);
	if (match) {
		return {stamp: match[1] as string, text: line.slice(match[0].length), fields: undefined};
	}
	const bare = consoleHeaderWithoutTime.exec(line);
	return bare ? {stamp: '', text: line.slice(bare[0].length), fields: undefined} : undefined;
};

/** A line of structlog's JSON renderer, already parsed; undefined where it has no event. */
export const parseJsonRecord = (value: Readonly<Record<string, unknown>>): LogRecord | undefined => {
	if (typeof value.event !== 'string') {
		return undefined;
	}
	const stamp = typeof value.timestamp === 'string' ? value.timestamp : '';
	return {stamp, text: value.event, fields: value};
};

const pair = / *([A-Za-z_][\w.]*)=('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[^ ]*)/y;

/**
 * The context that follows an event's text in a console rendering. Undefined where the tail is not made of
 * `key=value` pairs alone: then the event goes on and is not what its beginning looked like.
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
