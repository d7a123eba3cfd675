import type {LocalTime} from '../../time/stamp.js';
import {type JsonObject, objectOf, textAt, textOf} from '../json/json-values.js';
import type {Counts} from './counts.js';
import type {FoundUsage} from './find-usage.js';
import {parseTime} from './time-value.js';

/** One call to a model, as a line tells it. */
export type Call = {
	readonly counts: Counts;
	/** Epoch milliseconds; undefined where the line itself tells no time. */
	readonly time: number | undefined;
	/** The time as it was written. */
	readonly stamp: string;
	/** What the provider or the tracer called this one response; the same wherever it is told. */
	readonly id: string | undefined;
	/** The application's own request that the call was made for. It may have made others. */
	readonly request: string | undefined;
	/** What else tells this call from others that are alike: its row, its span. */
	readonly within: string;
	readonly model: string | undefined;
	readonly thread: string | undefined;
	readonly project: string | undefined;
};

/** The line's own time comes before the instant at which a provider began its response. */
const timeNames = [
	'timestamp',
	'@timestamp',
	'time',
	'ts',
	'asctime',
	'datetime',
	'endTimeUnixNano',
	'timeUnixNano',
	'observedTimeUnixNano',
	'end_time',
	'endTime',
	'created_at',
	'createTime',
	'created',
] as const;
const idNames = ['id', 'responseId', 'response_id', 'message_id'] as const;
const requestNames = ['request_id', 'requestId'] as const;
const rowNames = ['id', 'trace_id', 'span_id', 'traceId', 'spanId'] as const;
const modelNames = ['model', 'model_id', 'modelId', 'model_name', 'modelVersion', 'model_version'] as const;
const threadNames = [
	'thread_id',
	'threadId',
	'session_id',
	'sessionId',
	'conversation_id',
	'conversationId',
	'trace_id',
	'traceId',
] as const;
const projectNames = ['project', 'project_id', 'projectId', 'service.name', 'service'] as const;

/** The first time among these objects, and how it was written. */
export const timeIn = (
	objects: readonly JsonObject[],
	localTime: LocalTime,
): {readonly time: number | undefined; readonly stamp: string} => {
	for (const object of objects) {
		for (const name of timeNames) {
			const time = name in object ? parseTime(object[name], localTime) : undefined;
			if (time !== undefined) {
				return {time, stamp: String(object[name])};
			}
		}
	}
	return {time: undefined, stamp: ''};
};

const firstText = (objects: readonly JsonObject[], names: readonly string[]): string | undefined => {
	for (const name of names) {
		for (const object of objects) {
			const text = textOf(object[name]);
			if (text !== undefined) {
				return text;
			}
		}
	}
	return undefined;
};

/** A row's number is no identity: every file counts from 1. */
const isIdentity = (text: string): boolean => !/^\d{1,12}$/.test(text);

/** A request id of the provider itself, of which there is one a response. */
const providerRequest = /^(?:req|msg|chatcmpl|cmpl|resp|gen)[_-]/;

const identityIn = (inwards: readonly JsonObject[]): string | undefined => {
	for (const object of [...inwards].reverse()) {
		const id = textAt(object, ...idNames);
		if (id !== undefined && isIdentity(id)) {
			return id;
		}
		const request = textAt(object, ...requestNames);
		if (request !== undefined && providerRequest.test(request)) {
			return request;
		}
	}
	return undefined;
};

/** The call that a usage object found in a line stands for. */
export const callOf = ({counts, path}: FoundUsage, localTime: LocalTime): Call => {
	const line = path[0] as JsonObject;
	const around = [...path, ...path.map(object => objectOf(object.metadata)).filter(object => object !== undefined)];
	const inner = [...path].reverse();
	return {
		counts,
		...timeIn(path, localTime),
		id: identityIn(path),
		request: firstText(inner, requestNames),
		within: rowNames.map(name => String(line[name] ?? '')).join('|'),
		model:
			firstText(inner, modelNames) ??
			firstText(
				path.map(object => objectOf(object.request)).filter(object => object !== undefined),
				modelNames,
			),
		thread: firstText(around, threadNames),
		project: firstText(around, projectNames),
	};
};
