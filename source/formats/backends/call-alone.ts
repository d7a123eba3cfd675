import type {LocalTime} from '../../time/stamp.js';
import {objectOf} from '../json/json-values.js';
import {View} from '../json/view.js';
import type {ToldBy} from '../layouts/reading.js';
import {countsAnything} from '../usage/counts.js';
import {isStreamEvent} from '../usage/message-streams.js';
import {callInRecord, recordsIn} from '../usage/telemetry.js';
import {eventIn} from './agentpress/reader.js';
import {readEvent} from './glitchtip/event.js';
import {isTranscript, runOf} from './kinds.js';
import {readRow} from './litellm/row.js';
import {wordsOf} from './words.js';

const parse = (text: string) => {
	try {
		return objectOf(JSON.parse(text));
	} catch {
		return undefined;
	}
};

/**
 * The call that the text of an object tells; undefined where it tells none, several, or is anything that has rules of
 * its own: an event of another format, a part of a stream, the sum of a run.
 */
export const callAlone = (text: string, localTime: LocalTime): ToldBy | undefined => {
	const value = parse(text);
	if (
		!value ||
		isTranscript(value) ||
		isStreamEvent(value) ||
		value.type === 'assistant' ||
		runOf(value) ||
		eventIn({kind: 'object', value}) ||
		readEvent(value) ||
		readRow(value, localTime)
	) {
		return undefined;
	}
	const [record, ...more] = recordsIn(value);
	const told = record && more.length === 0 ? callInRecord(record, localTime) : undefined;
	return told && !(told.call.failed && !countsAnything(told.call.counts))
		? {...told, words: wordsOf(told.call, new View(value))}
		: undefined;
};
