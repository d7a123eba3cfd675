import type {LocalTime} from '../../time/stamp.js';
import {objectOf} from '../json/json-values.js';
import {View} from '../json/view.js';
import type {Told} from '../layouts/reading.js';
import {countsAnything} from '../usage/counts.js';
import {isStreamEvent} from '../usage/message-streams.js';
import {callInRecord, recordIn, recordsIn} from '../usage/telemetry.js';
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
export const callAlone = (text: string, localTime: LocalTime): Told => {
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

/** A line of OTLP's exporter has one member, and no words of its own. */
const exported = new View({resourceSpans: []});

/** What a record of OTLP's exporter tells. @param resource the text of its group's resource, or the empty text */
export const callExported = (text: string, resource: string, localTime: LocalTime): Told => {
	const record = parse(text);
	const group = resource === '' ? {} : {resource: parse(resource)};
	if (!record) {
		return undefined;
	}
	const told = callInRecord(recordIn(record, group), localTime);
	if (!told) {
		return 'none';
	}
	return told.call.failed && !countsAnything(told.call.counts)
		? undefined
		: {...told, words: wordsOf(told.call, exported)};
};
