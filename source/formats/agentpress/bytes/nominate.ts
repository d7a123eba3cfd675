/**
 * Tells from the bytes of a line whether it may be an event about caching, before anything is decoded. Most lines of a
 * log are not, and are left after a look at where their event begins.
 */

import {dockerPart} from '../../wrappers/unwrap-json.js';
import {eventStart, startsWith} from '../event-start.js';

/** How the events begin, behind their emoji. Of those that tell one usage object three times over, the first is enough. */
export const beginnings = [
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
];

const byFirst: readonly (readonly Buffer[] | undefined)[] = Array.from({length: 128}, (_, first) => {
	const found = beginnings.filter(beginning => beginning.charCodeAt(0) === first).map(text => Buffer.from(text));
	return found.length > 0 ? found : undefined;
});

/** The same words anywhere, a journal entry spelled out in byte numbers, and the first part of a line that CRI split. */
const anywhere =
	/Block |CACH|LLM|[Uu]sage |USAGE|BatchWriter\] B|THREAD_MANAGER\]|too small for caching|Applying |Building cache |Loaded |Invalidated cached|Rebuilding cache|Model |STORED MODEL|RESPONSE MODEL|Starting thread|Using model: |MESSAGE" ?: ?\[|std(?:out|err) P /;

const [nul, space, opening, dot, dash, bar, escapeByte, backslash, underscore, brace, letterU, firstBeyondAscii] = [
	0, 32, 91, 46, 45, 124, 27, 92, 95, 123, 117, 128,
];

const isDigit = (byte: number): boolean => byte >= 48 && byte <= 57;
const isLower = (byte: number): boolean => byte >= 97 && byte <= 122;
const isLetter = (byte: number): boolean => isLower(byte) || (byte >= 65 && byte <= 90);

/** Behind the emoji of an event, be they bytes or escapes of JSON. */
const skipEmoji = (bytes: Buffer, start: number): number => {
	let at = start;
	for (;;) {
		const byte = bytes[at] as number;
		if (byte >= firstBeyondAscii) {
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

/** Whether what is not the logger's own rendering begins like JSON, a time, a level or a prefix of another writer. */
const mayBeWrapped = (bytes: Buffer, start: number, end: number): boolean => {
	let at = start;
	while (bytes[at] === nul) {
		at++;
	}
	const first = bytes[at] as number;
	if (first === brace || first === escapeByte || isDigit(first)) {
		return true;
	}
	if (first === opening) {
		const second = bytes[at + 1] as number;
		return isLower(second) || second === escapeByte;
	}
	// `worker-1  | LINE` and `Oct 20 08:15:30 host ident: LINE`
	const name = at;
	let byte = first;
	while (at < end && (isLetter(byte) || isDigit(byte) || byte === dash || byte === underscore || byte === dot)) {
		byte = bytes[++at] as number;
	}
	if (at === name || at - name === 'Oct'.length) {
		return at > name;
	}
	while (at < end && byte === space) {
		byte = bytes[++at] as number;
	}
	return at < end && (byte === bar || byte === escapeByte);
};

/** Whether a line of another rendering has words of an event. */
export const mayHoldWords = (bytes: Buffer, start: number, end: number): boolean =>
	// Docker splits what is this long, and the words may stand in a later part.
	end - start >= dockerPart || anywhere.test(bytes.toString('latin1', start, end));

/** Whether the line may hold an event about caching. What it says no to is none. The scanner's rules, in JavaScript. */
export const nominates = (bytes: Buffer, start: number, end: number): boolean => {
	const event = eventStart(bytes, start);
	if (event < 0 || event >= end) {
		return mayBeWrapped(bytes, start, end) && mayHoldWords(bytes, start, end);
	}
	const words = skipEmoji(bytes, event);
	const candidates = byFirst[bytes[words] as number];
	if (candidates !== undefined) {
		for (const beginning of candidates) {
			if (startsWith(bytes, words, beginning)) {
				return true;
			}
		}
	}
	return false;
};
