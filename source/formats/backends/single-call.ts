import type {LocalTime} from '../../time/stamp.js';
import {type JsonObject, objectOf} from '../json/json-values.js';
import {View} from '../json/view.js';
import type {FoundCall, LoggedCall} from '../layouts/layout-reading.js';
import {countsAnything} from '../usage/counts.js';
import {isStreamEvent} from '../usage/message-streams.js';
import {callInRecord, recordIn, recordsIn} from '../usage/telemetry.js';
import {type Around, Unwrapper} from '../wrappers/unwrap.js';
import {eventIn} from './agentpress/reader.js';
import {readEvent} from './glitchtip/event.js';
import {isTranscript, runOf, tellsTurn} from './kinds.js';
import {callOfRow} from './litellm/layout-row.js';
import {readRow} from './litellm/row.js';
import {isUsagePage} from './usage-pages.js';
import {wordsOf} from './wording.js';

const parse = (text: string) => {
	try {
		return objectOf(JSON.parse(text));
	} catch {
		return undefined;
	}
};

/**
 * The call that an object reports; `none` if it reports nothing. Undefined if it reports several, or needs rules of its
 * own: an event of another format, part of a stream, the sum of a run.
 */
const callIn = (value: JsonObject, localTime: LocalTime): FoundCall => {
	if (
		isTranscript(value) ||
		isStreamEvent(value) ||
		value.type === 'assistant' ||
		runOf(value) ||
		tellsTurn(value) ||
		isUsagePage(value) ||
		eventIn({kind: 'object', value}) ||
		readEvent(value)
	) {
		return undefined;
	}
	const row = readRow(value, localTime);
	if (row) {
		return row.kind === 'request' ? callOfRow(row) : undefined;
	}
	const records = recordsIn(value);
	const [told, ...more] = records.flatMap(record => callInRecord(record, localTime) ?? []);
	if (!told) {
		return 'none';
	}
	const isAlone = records.length === 1 && more.length === 0;
	return isAlone && !(told.call.failed && !countsAnything(told.call.counts))
		? {...told, words: wordsOf(told.call, new View(value)), carried: false, isRow: false}
		: undefined;
};

/** Adds the time of the enclosing object, if the call has none. */
const within = (told: LoggedCall, {time, stamp}: Around): LoggedCall => ({
	...told,
	call: {...told.call, time: told.call.time ?? time, stamp: told.call.stamp || stamp},
	carried: true,
});

/** The only call that an object's text reports, itself or in a line that it carries; undefined if that is uncertain. */
export const singleCall = (text: string, localTime: LocalTime): FoundCall => {
	const calls: FoundCall[] = [];
	let carried = false;
	new Unwrapper(localTime).unwrap(text, (content, around) => {
		if (content.kind === 'record' && !eventIn(content)) {
			return false;
		}
		const told = content.kind === 'object' && !around.inList ? callIn(content.value, localTime) : undefined;
		if (told === 'none') {
			carried = true;
			return false;
		}
		calls.push(told && carried ? within(told, around) : told);
		return true;
	});
	return calls.length === 1 ? calls[0] : undefined;
};

/** A line of OTLP's exporter has a single member, and no words of its own. */
const exported = new View({resourceSpans: []});

/** The call in a record of OTLP's exporter. @param resource the text of its group's resource, or the empty text */
export const callExported = (text: string, resource: string, localTime: LocalTime): FoundCall => {
	const record = parse(text);
	const group = resource === '' ? {} : {resource: parse(resource)};
	if (!record) {
		return undefined;
	}
	const told = callInRecord(recordIn(record, group), localTime);
	if (!told) {
		return 'none';
	}
	return told.call.summed !== undefined || (told.call.failed && !countsAnything(told.call.counts))
		? undefined
		: {...told, words: wordsOf(told.call, exported), carried: false, isRow: false};
};
