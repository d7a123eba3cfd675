import {plainName} from '../json/view.js';

/** What collectors call the line that they carry, in any spelling, the most telling first. */
export const lineNames = [
	'log',
	'MESSAGE',
	'message',
	'@message',
	'msg',
	'line',
	'textPayload',
	'short_message',
	'full_message',
	'event.original',
	'_raw',
	'raw',
	'Body',
	'text',
	'RenderedMessage',
] as const;

/** What a response may call its own body or text as well. */
const alsoResponses: ReadonlySet<string> = new Set(['Body', 'text', 'RenderedMessage']);

const lines = new Set(lineNames.filter(name => !alsoResponses.has(name)).map(plainName));

/** Whether a member holds a line that some collector carries: it has a time and a context of its own. */
export const isLine = (name: string): boolean => lines.has(plainName(name));
