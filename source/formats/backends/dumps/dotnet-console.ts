import {parseStamp, utc} from '../../../time/stamp.js';
import {type DumpEntry, type DumpReader, dumpFormat} from './dump.js';

/** What indented lines belong to. */
type Section = 'attributes' | 'resource' | 'other';

type State = {
	/** True within a span or log record. */
	isOpen: boolean;
	section: Section;
	fields: Record<string, string>;
	attributes: Record<string, string>;
	resource: Record<string, string>;
};

const mostMembers = 200;
const longestValue = 500;

/** Matches the first line of a span or log record. */
const beginning = /^(?:Activity\.TraceId|Activity\.Id|LogRecord\.Timestamp): +\S/;
const field = /^(?:Activity|LogRecord)\.(?<name>[A-Za-z]{1,40})(?: \(Key:Value\))?: *(?<value>.*)$/;
const heading = /^(?:Resource associated with |Instrumentation scope|StatusCode\b)/;
const member = /^ {4}(?<name>[^\s:][^:]{0,200}): (?<value>.*)$/;
/** Attributes of a log record's resource are not indented. */
const resourceMember = /^ {0,4}(?<name>[\w.]{1,100}): (?<value>.*)$/;

/** The fields of a record, with their names in OTLP. */
const fieldNames: Readonly<Record<string, string>> = {
	TraceId: 'trace_id',
	SpanId: 'span_id',
	ParentSpanId: 'parent_span_id',
	DisplayName: 'name',
	StartTime: 'start_time',
	Duration: 'duration',
	Timestamp: 'timestamp',
	FormattedMessage: 'message',
};
const attributeLists = new Set(['Tags', 'TagObjects', 'Attributes', 'StateValues']);

/** Milliseconds of a `TimeSpan`: `00:00:01.8701571`, `1.02:03:04`. */
const millisecondsOf = (text: string): number | undefined => {
	const parts = /^(?:(?<days>\d{1,4})\.)?(?<hours>\d\d):(?<minutes>\d\d):(?<seconds>\d\d(?:\.\d{1,7})?)$/.exec(text);
	const {days = '0', hours, minutes, seconds} = parts?.groups ?? {};
	return parts
		? ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60_000 + Number(seconds) * 1000
		: undefined;
};

/** Adds the time at which a span ended, which is printed as its duration. */
const withEnd = ({duration, ...fields}: Record<string, string>): Record<string, string> => {
	const stamp = fields.start_time ?? '';
	const start = parseStamp(stamp, utc);
	const milliseconds = millisecondsOf(duration ?? '');
	if (start === undefined || milliseconds === undefined) {
		return fields;
	}
	// The start has more digits than milliseconds.
	const rest = Number(`0.${/\.\d{3}(\d{1,4})/.exec(stamp)?.[1] ?? 0}`);
	const end = Math.floor(Math.round((start + rest + milliseconds) * 1e4) / 1e4);
	return {...fields, end_time: new Date(end).toISOString()};
};

const flush = (state: State): readonly DumpEntry[] => {
	const {isOpen, resource, fields, attributes} = state;
	state.isOpen = false;
	state.section = 'other';
	state.fields = {};
	state.attributes = {};
	state.resource = {};
	return isOpen ? [{record: {...withEnd(fields), attributes, resource: {attributes: resource}}}] : [];
};

const note = (members: Record<string, string>, name: string, value: string): void => {
	if (name !== '__proto__' && value !== '' && Object.keys(members).length < mostMembers) {
		members[name] = value.slice(0, longestValue);
	}
};

const noteField = (state: State, name: string, value: string): void => {
	state.section = attributeLists.has(name) ? 'attributes' : 'other';
	const known = fieldNames[name];
	if (known !== undefined) {
		note(state.fields, known, value);
	}
};

const reader: DumpReader<State> = {
	name: 'dotnet-console',
	title: "OpenTelemetry's console exporter for .NET",
	signs: ['Activity.TraceId', 'LogRecord.Timestamp'],
	recognise: text => /(?:^|[\s|])(?:Activity\.TraceId|LogRecord\.Timestamp): +\S/.test(text),
	beginning: () => ({isOpen: false, section: 'other', fields: {}, attributes: {}, resource: {}}),
	line: (line, state) => {
		const told = beginning.test(line) ? flush(state) : [];
		const {name, value = ''} = field.exec(line)?.groups ?? {};
		if (name !== undefined) {
			state.isOpen = true;
			noteField(state, name, value);
			return told;
		}
		if (line === '' && state.section === 'resource') {
			return flush(state);
		}
		if (state.isOpen && heading.test(line)) {
			state.section = line.startsWith('Resource') ? 'resource' : 'other';
			return [];
		}
		const pattern = state.section === 'resource' ? resourceMember : member;
		const {name: attribute, value: text = ''} = pattern.exec(line)?.groups ?? {};
		if (state.isOpen && attribute !== undefined && state.section !== 'other') {
			note(state.section === 'resource' ? state.resource : state.attributes, attribute, text);
			return [];
		}
		return line === '' || (state.isOpen && line.startsWith('    ')) ? [] : [{other: line}];
	},
	pending: flush,
};

/** Spans and log records as the console exporter of OpenTelemetry for .NET prints them. */
export const dotnetConsole = dumpFormat(reader);
