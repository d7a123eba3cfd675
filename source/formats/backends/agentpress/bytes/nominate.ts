/**
 * Tells from the bytes of a line whether it may be an event about caching, before anything is decoded. Most lines of a
 * log are not, and are left after a look at where their event begins.
 */

import {dockerPart} from '../../../wrappers/envelope.js';
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
	'Adjusting chunk',
	'System prompt too small',
	'STORED ',
	'Starting thread execution',
	'Loaded ',
	'LLM API call: ',
	'Making LLM API call',
	'Model ',
	'[LLM] ',
	'Total cache blocks used',
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

/** How its events begin that tell a usage in full or in part which another event of the same call tells as well. */
const repeats = [
	'RAW USAGE',
	'USAGE ATTRS',
	'THREAD MANAGER ',
	'STORED USAGE',
	'RESPONSE ',
	'FINAL LLM',
	'Captured usage',
	'BILLING RECOVERY',
	'[BILLING]',
	'[BatchWriter]',
	'[ResponseProcessor]',
	'[THREAD_MANAGER]',
].map(text => Buffer.from(text));

const byFirst: readonly (readonly Buffer[] | undefined)[] = Array.from({length: 128}, (_, first) => {
	const found = beginnings.filter(beginning => beginning.charCodeAt(0) === first).map(text => Buffer.from(text));
	return found.length > 0 ? found : undefined;
});

/** A journal entry spelled out in byte numbers: a line that hides what it says. */
export const spelledOut = /MESSAGE" ?: ?\[/;

/**
 * The same words anywhere, a journal entry spelled out, and the first part of a line that CRI split. Not every `LLM`:
 * the name of LiteLLM stands in many lines.
 */
const anywhere = new RegExp(
	`Block |Total cache blocks|CACH|LLM API|LLM response|\\[LLM\\]|FINAL LLM|[Uu]sage |USAGE|BatchWriter\\] B|THREAD_MANAGER\\]|too small for caching|Applying |Adjusting chunk|Building cache |Loaded |Invalidated cached|Rebuilding cache|Model |STORED MODEL|RESPONSE MODEL|Starting thread|Using model: |${spelledOut.source}|std(?:out|err) P `,
);

const [nul, tab, space, colon, opening, backslash, letterU, firstBeyondAscii] = [0, 9, 32, 58, 91, 92, 117, 128];

const isDigit = (byte: number): boolean => byte >= 48 && byte <= 57;
const isUpper = (byte: number): boolean => byte >= 65 && byte <= 90;

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

/**
 * Whether a line that is not in the logger's own rendering may hold one that is: not a level and a colon, a time in
 * brackets or an indentation, with which other writers of the backend begin.
 */
const mayBeWrapped = (bytes: Buffer, start: number, end: number): boolean => {
	let at = start;
	while (bytes[at] === nul) {
		at++;
	}
	const first = bytes[at] as number;
	if (first === opening) {
		return !isDigit(bytes[at + 1] as number);
	}
	if (first === space || first === tab) {
		return false;
	}
	while (at < end && isUpper(bytes[at] as number)) {
		at++;
	}
	return at === start || bytes[at] !== colon;
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

/** Whether a line of the logger's own rendering tells a usage that another event tells as well. */
export const repeatsUsage = (bytes: Buffer, start: number): boolean => {
	const event = eventStart(bytes, start);
	const words = event < 0 ? -1 : skipEmoji(bytes, event);
	return words >= 0 && repeats.some(beginning => startsWith(bytes, words, beginning));
};

/** The same of an event's text, in a line that some other writer wrapped. */
export const isRepeat = (event: string): boolean => repeatsUsageText.test(event);
const repeatsUsageText = new RegExp(
	`^(?:\\p{Extended_Pictographic}\\uFE0F? ?){0,2}(?:${repeats.map(text => text.toString().replace(/[[\]]/g, '\\$&')).join('|')})`,
	'u',
);
