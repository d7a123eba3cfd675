import {createRandom} from '../../source/demo/random.js';
import type {ExceptionStyle} from '../../source/demo/writing/generation.js';
import type {LogEvent, LogException, LogRecord} from '../../source/demo/writing/log-record.js';
import {remember, renderConsole, timestamp} from '../../source/demo/writing/render-console.js';
import {asciiJson, pythonJson} from './python-json.js';

/** The three ways the backend's logger writes: console without and with colours, JSON lines. */
export type Rendering = 'plain' | 'colour' | 'json';

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

const orderedJson = (context: LogEvent['context'], order: KeyOrder): string => {
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

type Context = LogEvent['context'];

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
