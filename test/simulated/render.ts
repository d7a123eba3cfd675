import type {LogEvent, LogException, LogLevel, LogRecord, LogValue} from './log-record.js';
import {asciiJson, consoleValue, pythonJson} from './python-text.js';
import {createRandom} from './random.js';

/** The three ways the backend's logger writes: console without and with colours, JSON lines. */
export type Rendering = 'plain' | 'colour' | 'json';

/**
 * What becomes of an event with an exception, by the logger's configuration:
 * `dicts`: JSON holds a list of dicts; on a console the renderer fails and the event is lost.
 * `console-traceback`: JSON holds the dicts; a console shows the traceback below the event.
 * `json-flag`: a console shows the traceback; JSON says only `"exc_info": true`.
 */
export type ExceptionStyle = 'dicts' | 'console-traceback' | 'json-flag';

type CallSiteKey = 'filename' | 'func_name' | 'lineno';

/** Key order of JSON lines. It differs from one process of the backend to the next. */
export type KeyOrder = {
	readonly callSite: readonly CallSiteKey[];
	readonly timestampFirst: boolean;
	/** Context keys in this order; those not named follow in theirs. */
	readonly context: readonly string[];
};

export type RenderOptions = {
	readonly exceptions?: ExceptionStyle;
	readonly keyOrder?: KeyOrder;
};

const defaultKeyOrder: KeyOrder = {
	callSite: ['filename', 'func_name', 'lineno'],
	timestampFirst: false,
	context: ['thread_id', 'request_id', 'agent_run_id'],
};

/** The key order of one simulated process. */
export const keyOrder = (seed: number): KeyOrder => {
	const random = createRandom(seed);
	return {
		callSite: random.shuffle(defaultKeyOrder.callSite),
		timestampFirst: random.chance(0.5),
		context: random.shuffle([...defaultKeyOrder.context, 'client_ip', 'method', 'path', 'query_params']),
	};
};

let cachedSecond = Number.NaN;
let cachedPrefix = '';

/** `2025-10-20T08:15:30.123456Z`; Python leaves the fraction out when it is zero. */
export const timestamp = (time: number, microseconds: number): string => {
	const second = Math.floor(time / 1000);
	if (second !== cachedSecond) {
		cachedSecond = second;
		cachedPrefix = new Date(second * 1000).toISOString().slice(0, 19);
	}

	const fraction = (time - second * 1000) * 1000 + microseconds;
	return fraction === 0 ? `${cachedPrefix}Z` : `${cachedPrefix}.${String(fraction).padStart(6, '0')}Z`;
};

/** Pads by code points, as Python's `len` counts. */
const padEvent = (event: string): string => {
	// Beyond 60 UTF-16 units there are at least 30 code points.
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

/** A context's pairs as they stand before, between and behind the three keys of the call site. */
type Gaps = [string, string, string, string];

const pairGaps = (context: Readonly<Record<string, LogValue>>, colour: boolean): Gaps => {
	const gaps: Gaps = ['', '', '', ''];
	for (const key of Object.keys(context).sort()) {
		const gap = key < 'filename' ? 0 : key < 'func_name' ? 1 : key < 'lineno' ? 2 : 3;
		gaps[gap] += pair(key, context[key] as LogValue, colour);
	}

	return gaps;
};

/** All events of one call share their context, so it is rendered once. */
const remember = <Key extends object, Value>(render: (key: Key) => Value): ((key: Key) => Value) => {
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

const renderConsole = (event: LogEvent, colour: boolean): string => {
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

const exceptionDicts = (exception: LogException) => [
	{
		exc_type: exception.type,
		exc_value: exception.message,
		exc_notes: [],
		syntax_error: null,
		is_cause: false,
		frames: exception.frames.map(frame => ({
			filename: frame.path,
			lineno: frame.line,
			name: frame.functionName,
			locals: frame.locals,
		})),
		is_group: false,
		exceptions: [],
	},
];

const orderedJson = (context: Context, order: KeyOrder): string => {
	let text = '';
	for (const key of order.context) {
		const value = context[key];
		text += value === undefined ? '' : `, "${key}": ${pythonJson(value)}`;
	}

	for (const key in context) {
		text += order.context.includes(key) ? '' : `, ${asciiJson(key)}: ${pythonJson(context[key])}`;
	}

	return text;
};

const contextRenderers = remember((order: KeyOrder) => remember((context: Context) => orderedJson(context, order)));
const contextJson = (context: Context, order: KeyOrder) => contextRenderers(order)(context);

const renderJson = (event: LogEvent, {exceptions, keyOrder: order}: Required<RenderOptions>): string => {
	let line = '{';
	if (event.exception !== undefined && exceptions === 'json-flag') {
		line += '"exc_info": true, ';
	}

	for (const key in event.extras) {
		line += `${asciiJson(key)}: ${pythonJson(event.extras[key])}, `;
	}

	line += `"event": ${asciiJson(event.event)}, "level": "${event.level}"`;
	if (event.exception !== undefined && exceptions !== 'json-flag') {
		line += `, "exception": ${pythonJson(exceptionDicts(event.exception))}`;
	}

	const stamp = `, "timestamp": "${timestamp(event.time, event.microseconds)}"`;
	line += order.timestampFirst ? stamp : '';
	for (const key of order.callSite) {
		line +=
			key === 'lineno'
				? `, "lineno": ${event.callSite.line}`
				: `, "${key}": "${key === 'filename' ? event.callSite.filename : event.callSite.functionName}"`;
	}

	line += order.timestampFirst ? '' : stamp;
	return `${line}${contextJson(event.context, order)}}`;
};

/**
 * One event as structlog 25.4 writes it, without the final line break. A console line may contain line breaks.
 * Undefined where the logger's configuration loses the event.
 */
export const renderEvent = (event: LogEvent, rendering: Rendering, options: RenderOptions = {}): string | undefined => {
	const {exceptions = 'console-traceback', keyOrder: order = defaultKeyOrder} = options;
	if (rendering === 'json') {
		return renderJson(event, {exceptions, keyOrder: order});
	}

	return event.exception !== undefined && exceptions === 'dicts'
		? undefined
		: renderConsole(event, rendering === 'colour');
};

/** Records as the bytes of a log: each ended by a line break, raw text as it is. */
export const renderRecords = (
	records: Iterable<LogRecord>,
	rendering: Rendering,
	options: RenderOptions = {},
): string => {
	let text = '';
	for (const record of records) {
		const line = 'raw' in record ? record.raw : renderEvent(record, rendering, options);
		if (line !== undefined) {
			text += `${line}\n`;
		}
	}

	return text;
};
