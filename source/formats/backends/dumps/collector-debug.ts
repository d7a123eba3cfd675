import {type DumpEntry, type DumpReader, dumpFormat} from './dump.js';

/** The list of attributes that lines belong to. */
type Section = 'resource' | 'record' | 'other';

type State = {
	resource: Record<string, string>;
	section: Section;
	/** True within a span or log record. */
	isOpen: boolean;
	fields: Record<string, string>;
	attributes: Record<string, string>;
};

const mostMembers = 200;
const longestValue = 500;

/** Matches a new group of records, after anything that the collector's own logger wrote. */
const group = /\bResource(?:Spans|Log|Metrics) #\d+$/;
const record = /^(?:Span|LogRecord) #\d+$/;
const other =
	/^\s*(?:Scope(?:Spans|Logs|Metrics) #\d|InstrumentationScope\b|Events:|Links:|SpanEvent #|SpanLink #|Metric #)/;
const attribute = /^ {5}-> (?<name>[^\s:][^:]{0,200}): (?<type>[A-Z]\w{2,7})\((?<value>.*)\)$/;
const field = /^ *(?<name>[A-Z][A-Za-z]*(?: [A-Za-z]+)?) *: (?<value>.+)$/;
/** Matches what the collector's logger writes after the last record. */
const end = /^\s+\{"/;

/** The fields of a record, with their names in OTLP. */
const fieldNames: Readonly<Record<string, string>> = {
	'Trace ID': 'trace_id',
	'Parent ID': 'parent_span_id',
	ID: 'span_id',
	'Span ID': 'span_id',
	Name: 'name',
	'Start time': 'start_time',
	'End time': 'end_time',
	Timestamp: 'timestamp',
	ObservedTimestamp: 'observedTimeUnixNano',
	Body: 'body',
};

/** Converts a time as printed by Go; an unknown one is printed as that of 1970. */
const timeOf = (value: string): string | undefined =>
	value.startsWith('1970-') ? undefined : value.replace(/ UTC$/, '');

const flush = (state: State): readonly DumpEntry[] => {
	const {isOpen, resource, fields, attributes} = state;
	state.isOpen = false;
	state.fields = {};
	state.attributes = {};
	return isOpen ? [{record: {...fields, attributes, resource: {attributes: resource}}}] : [];
};

const note = (members: Record<string, string>, name: string, value: string | undefined): void => {
	if (name !== '__proto__' && value !== undefined && Object.keys(members).length < mostMembers) {
		members[name] = value.slice(0, longestValue);
	}
};

const noteField = (state: State, line: string): void => {
	const {name = '', value = ''} = field.exec(line)?.groups ?? {};
	const known = fieldNames[name];
	if (known !== undefined) {
		const text = /^Str\((.*)\)$/.exec(value)?.[1] ?? value;
		note(state.fields, known, /time/i.test(name) ? timeOf(text) : text);
	}
};

const reader: DumpReader<State> = {
	name: 'collector-debug',
	title: "OpenTelemetry collector's debug exporter",
	signs: ['Span #', 'LogRecord #'],
	recognise: text =>
		/\bResource(?:Spans|Log) #\d+\r?\n/.test(text) && /(?:^|[\s|])(?:Span|LogRecord) #\d+\r?\n/.test(text),
	beginning: () => ({resource: {}, section: 'other', isOpen: false, fields: {}, attributes: {}}),
	line: (line, state) => {
		if (group.test(line)) {
			const told = flush(state);
			state.resource = {};
			state.section = 'other';
			return told;
		}
		if (record.test(line)) {
			const told = flush(state);
			state.isOpen = true;
			state.section = 'record';
			return told;
		}
		if (end.test(line)) {
			return flush(state);
		}
		if (line.startsWith('{')) {
			return [{other: line}];
		}
		if (other.test(line)) {
			state.section = 'other';
			return [];
		}
		const heading = /^(?<what>Resource a|A)ttributes:$/.exec(line)?.groups?.what;
		if (heading !== undefined) {
			state.section = heading === 'A' ? (state.isOpen ? 'record' : 'other') : 'resource';
			return [];
		}
		const {name, value = ''} = attribute.exec(line)?.groups ?? {};
		if (name !== undefined && state.section !== 'other') {
			note(state.section === 'resource' ? state.resource : state.attributes, name, value);
		} else if (state.isOpen && (state.section === 'record' || /^(?:Trace|Span) ID:/.test(line))) {
			noteField(state, line);
		}
		return [];
	},
	pending: flush,
};

/** Output of OpenTelemetry's collector with `debug: {verbosity: detailed}`, for spans and log records. */
export const collectorDebug = dumpFormat(reader);
