/**
 * Decides from a line's bytes whether it may be a caching event, before anything is decoded. Most lines are not, and
 * are rejected after a look at where their event starts.
 */

import {dockerPart} from '../../../wrappers/envelope.js';
import {eventStart, startsWith} from '../event-start.js';

/** Beginnings of the events, after their emoji. Of those that report a usage object three times, the first suffices. */
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

/** Beginnings of events whose usage another event of the same call reports as well. */
export const repeats = [
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
];
const repeatsBytes = repeats.map(text => Buffer.from(text));

const byFirst: (Buffer[] | undefined)[] = Array.from({length: 128});
for (const beginning of beginnings) {
	const bytes = Buffer.from(beginning);
	const first = bytes[0] as number;
	byFirst[first] = [...(byFirst[first] ?? []), bytes];
}

/** Matches a journal entry written as byte numbers, which hides its content. */
export const spelledOut = /MESSAGE" ?: ?\[/;

/**
 * The same texts anywhere, a journal entry in bytes, and the first part of a line that CRI split. Not every `LLM`,
 * because many lines mention LiteLLM.
 */
const anywhere = new RegExp(
	`Block |Total cache blocks|CACH|LLM API|LLM response|\\[LLM\\]|FINAL LLM|[Uu]sage |USAGE|BatchWriter\\] B|THREAD_MANAGER\\]|too small for caching|Applying |Adjusting chunk|Building cache |Loaded |Invalidated cached|Rebuilding cache|Model |STORED MODEL|RESPONSE MODEL|Starting thread|Using model: |${spelledOut.source}|std(?:out|err) P `,
);

const [nul, tab, space, colon, opening, backslash, letterU, firstBeyondAscii] = [0, 9, 32, 58, 91, 92, 117, 128];

const isDigit = (byte: number): boolean => byte >= 48 && byte <= 57;
const isUpper = (byte: number): boolean => byte >= 65 && byte <= 90;

/** Index after the emoji of an event, as bytes or JSON escapes. */
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
 * True if a line in another rendering may contain one of the logger's own: it does not start with a level and a colon,
 * a time in brackets or an indentation, as lines of the backend's other writers do.
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

/** True if a line in another rendering contains the text of an event. */
export const mayHoldWords = (bytes: Buffer, start: number, end: number): boolean =>
	// Docker splits lines of this length, and the text may be in a later part.
	end - start >= dockerPart || anywhere.test(bytes.toString('latin1', start, end));

/** True if the line may contain a caching event; if false, it certainly does not. The scanner's rules in JavaScript. */
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

/** True if a line in the logger's own rendering reports usage that another event reports as well. */
export const repeatsUsage = (bytes: Buffer, start: number, end: number): boolean => {
	const event = eventStart(bytes, start);
	const words = event < 0 || event >= end ? -1 : skipEmoji(bytes, event);
	return words >= 0 && repeatsBytes.some(beginning => startsWith(bytes, words, beginning));
};

/** The same for an event's text in a wrapped line. */
export const isRepeat = (event: string): boolean => repeatsUsageText.test(event);
const repeatsUsageText = new RegExp(
	`^(?:\\p{Extended_Pictographic}\\uFE0F? ?){0,2}(?:${repeats.map(text => text.replace(/[[\]]/g, '\\$&')).join('|')})`,
	'u',
);
