import type {LogEvent, LogException, LogLevel, LogRecord, LogValue} from './log-record.js';
import {consoleValue} from './python-text.js';

let cachedSecond = Number.NaN;
let cachedPrefix = '';

/** `2025-10-20T08:15:30.123456Z`; Python omits a fraction of zero. */
export const timestamp = (time: number, microseconds: number): string => {
	const second = Math.floor(time / 1000);
	if (second !== cachedSecond) {
		cachedSecond = second;
		cachedPrefix = new Date(second * 1000).toISOString().slice(0, 19);
	}

	const fraction = (time - second * 1000) * 1000 + microseconds;
	return fraction === 0 ? `${cachedPrefix}Z` : `${cachedPrefix}.${String(fraction).padStart(6, '0')}Z`;
};

/** Pads by code points, which Python's `len` counts. */
const padEvent = (event: string): string => {
	// 60 UTF-16 units are at least 30 code points.
	if (event.length >= 60) {
		return event;
	}

	let length = 0;
	for (const _ of event) {
		length++;
	}

	return length < 30 ? event + ' '.repeat(30 - length) : event;
};

const traceback = (exception: LogException): string => {
	const frames = exception.frames.map(
		frame => `\n  File "${frame.path}", line ${frame.line}, in ${frame.functionName}\n    ${frame.source}`,
	);
	return `\nTraceback (most recent call last):${frames.join('')}\n${exception.type}: ${exception.message}`;
};

const levelColours: Readonly<Record<LogLevel, number>> = {debug: 32, info: 32, warning: 33, error: 31};

const pair = (key: string, value: LogValue, colour: boolean): string => {
	const text = consoleValue(value);
	return colour ? ` \u001b[36m${key}\u001b[0m=\u001b[35m${text}\u001b[0m` : ` ${key}=${text}`;
};

/** A context's pairs before, between and after the three keys of the call site. */
type Gaps = [string, string, string, string];

const pairGaps = (context: Readonly<Record<string, LogValue>>, colour: boolean): Gaps => {
	const gaps: Gaps = ['', '', '', ''];
	for (const key of Object.keys(context).sort()) {
		const gap = key < 'filename' ? 0 : key < 'func_name' ? 1 : key < 'lineno' ? 2 : 3;
		gaps[gap] += pair(key, context[key] as LogValue, colour);
	}

	return gaps;
};

/** Caches renderings: all events of a call share their context. */
export const remember = <Key extends object, Value>(render: (key: Key) => Value): ((key: Key) => Value) => {
	const known = new WeakMap<Key, Value>();
	return key => {
		let value = known.get(key);
		if (value === undefined) {
			value = render(key);
			known.set(key, value);
		}

		return value;
	};
};

type Context = LogEvent['context'];

const plainGaps = remember((context: Context) => pairGaps(context, false));
const colourGaps = remember((context: Context) => pairGaps(context, true));

/** An event as structlog 25.4 writes it to a console, without the final line break; may contain line breaks. */
export const renderConsole = (event: LogEvent, colour: boolean): string => {
	const {callSite} = event;
	const level = event.level.padEnd(9);
	const stamp = timestamp(event.time, event.microseconds);
	const head = colour
		? `\u001b[2m${stamp}\u001b[0m [\u001b[${levelColours[event.level]}m\u001b[1m${level}\u001b[0m] \u001b[1m${padEvent(event.event)}\u001b[0m`
		: `${stamp} [${level}] ${padEvent(event.event)}`;
	const gaps =
		event.extras === undefined
			? (colour ? colourGaps : plainGaps)(event.context)
			: pairGaps({...event.context, ...event.extras}, colour);
	const line =
		head +
		gaps[0] +
		pair('filename', callSite.filename, colour) +
		gaps[1] +
		pair('func_name', callSite.functionName, colour) +
		gaps[2] +
		pair('lineno', callSite.line, colour) +
		gaps[3];
	return event.exception === undefined ? line : line + traceback(event.exception);
};

/**
 * Records as coloured console lines of a local backend, each with a line break. Events with an exception are dropped,
 * as by its logger's configuration.
 */
export const renderColour = (records: Iterable<LogRecord>): string => {
	let text = '';
	for (const record of records) {
		const line = 'raw' in record ? record.raw : record.exception ? undefined : renderConsole(record, true);
		if (line !== undefined) {
			text += `${line}\n`;
		}
	}

	return text;
};
