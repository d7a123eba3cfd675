/**
 * Tells from the bytes of a line whether it may be an event about caching, before anything is decoded. Most lines of a
 * log are not, and are left after a look at where their event begins.
 */

import {dockerPart} from '../unwrap-json.js';

/** How the events begin, behind their emoji. Of those that tell one usage object three times over, the first is enough. */
const beginnings = [
	'Block ',
	'Building cache ',
	'CACHING INPUT',
	'Conversation too small',
	'CACHE DETECTION',
	'CACHE HIT: ',
	'CACHE WRITE: ',
	'CACHE METRICS',
	'Applying ',
	'System prompt too small',
	'STORED ',
	'Starting thread execution',
	'Loaded ',
	'LLM API call: ',
	'Making LLM API call',
	'Model ',
	'[LLM] ',
	'[THREAD_MANAGER] ',
	'[ResponseProcessor] Usage',
	'[BatchWriter] Billing',
	'Processing billing',
	'Rebuilding cache',
	'Invalidated cached',
	'Using model: ',
	'Usage ',
	'USAGE OBJECT',
	'NO CACHE',
].map(text => Buffer.from(text));

const byFirst: readonly (readonly Buffer[] | undefined)[] = Array.from({length: 128}, (_, first) => {
	const found = beginnings.filter(beginning => beginning[0] === first);
	return found.length > 0 ? found : undefined;
});

/** The same words anywhere, a journal entry spelled out in byte numbers, and the first part of a line that CRI split. */
const anywhere =
	/Block |CACH|LLM|[Uu]sage |USAGE|BatchWriter\] B|THREAD_MANAGER\]|too small for caching|Applying |Building cache |Loaded |Invalidated cached|Rebuilding cache|Model |STORED MODEL|RESPONSE MODEL|Starting thread|Using model: |MESSAGE" ?: ?\[|std(?:out|err) P /;

const jsonBeginning = Buffer.from('{"event": "');
const [escapeByte, space, opening, closing, backslash, digit2, brace, letterU, letterZ] = [
	27, 32, 91, 93, 92, 50, 123, 117, 90,
];

const startsWith = (bytes: Buffer, at: number, text: Buffer): boolean => {
	for (let index = 0; index < text.length; index++) {
		if (bytes[at + index] !== text[index]) {
			return false;
		}
	}
	return true;
};

/** Behind a time of structlog, with or without microseconds; -1 where there is none. */
const afterStamp = (bytes: Buffer, at: number): number => {
	if (bytes[at] !== digit2) {
		return -1;
	}
	return bytes[at + 26] === letterZ ? at + 27 : bytes[at + 19] === letterZ ? at + 20 : -1;
};

/** Where the event of a line of one of structlog's three renderings begins; -1 for any other line. */
const eventStart = (bytes: Buffer, start: number): number => {
	const first = bytes[start];
	if (first === brace) {
		return startsWith(bytes, start, jsonBeginning) ? start + jsonBeginning.length : -1;
	}
	if (first === escapeByte) {
		// ESC[2m TIME ESC[0m [ ESC[32m ESC[1m LEVEL(9) ESC[0m ] ESC[1m EVENT
		const stamped = afterStamp(bytes, start + 4);
		const at = stamped + 30;
		return stamped > 0 && bytes[at] === closing && bytes[at + 2] === escapeByte ? at + 6 : -1;
	}
	// TIME [LEVEL(9)] EVENT
	const stamped = afterStamp(bytes, start);
	return stamped > 0 && bytes[stamped + 1] === opening && bytes[stamped + 11] === closing ? stamped + 13 : -1;
};

/** Behind the emoji of an event, be they bytes or escapes of JSON. */
const skipEmoji = (bytes: Buffer, start: number): number => {
	let at = start;
	for (;;) {
		const byte = bytes[at] as number;
		if (byte >= 128) {
			at++;
		} else if (byte === backslash && bytes[at + 1] === letterU) {
			at += 6;
		} else if (byte === space && at > start) {
			at++;
		} else {
			return at;
		}
	}
};

/** Whether the line may hold an event about caching. What it says no to is none. */
export const nominates = (bytes: Buffer, start: number, end: number): boolean => {
	const event = eventStart(bytes, start);
	if (event < 0 || event >= end) {
		// Docker splits what is this long, and the words may stand in a later part.
		return end - start >= dockerPart || anywhere.test(bytes.toString('latin1', start, end));
	}
	const words = skipEmoji(bytes, event);
	const candidates = byFirst[bytes[words] as number];
	return candidates?.some(beginning => startsWith(bytes, words, beginning)) ?? false;
};
