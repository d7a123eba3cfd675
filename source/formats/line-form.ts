import {cellsOf, delimiters} from './backends/dumps/csv-cells.js';
import {parseObject} from './json/json-line.js';

/** What the lines of a log are, as far as its beginning tells, where no format recognises it. */
export type LineForm =
	| {
			/**
			 * `access`: of a web server; `api`: uvicorn's lines about requests; `backend`: of AgentPress's structured
			 * logger; `syslog`: of syslog or journalctl; `document`: one JSON document; `markup`: HTML or XML.
			 */
			readonly kind: 'access' | 'api' | 'backend' | 'syslog' | 'document' | 'markup' | 'text';
	  }
	| {
			/** `json`: an object a line; `pairs`: `name=value`; `table`: cells below a line of headings. */
			readonly kind: 'json' | 'pairs' | 'table';
			/** Names of the members or columns, the most frequent first or in their order; at most `mostNames`. */
			readonly names: readonly string[];
	  };

/** Bytes and lines of the beginning that are looked at, and characters of each line. */
const mostBytes = 64 * 1024;
const mostLines = 100;
const longestLine = 8 * 1024;
const mostNames = 8;
const longestName = 40;

/** What a line is by itself: a table is known by its first two. */
type OneLine = {readonly kind: Exclude<LineForm['kind'], 'table'>; readonly names?: readonly string[]};

/** `1.2.3.4:51234 - "GET /api/threads HTTP/1.1" 200` */
const api = /\d - "[A-Z]{3,7} [^"]{1,2000} HTTP\/[\d.]{1,3}" \d{3}/;
/** `1.2.3.4 - - [29/Nov/2026:07:00:01 +0000] "GET / HTTP/1.1" 200 512` */
const access = /"[A-Z]{3,7} [^"]{1,2000} HTTP\/[\d.]{1,3}" \d{3}/;
/** `2026-11-29T07:00:01Z [info     ] started … func_name=run lineno=5`, also as JSON. */
const backend = /\[(?:\u001B\[\d+m)*(?:debug|info|warning|error|critical) +(?:\u001B\[\d+m)*\]/;
const backendNames = ['event', 'level', 'func_name'];
/** `Nov 29 07:00:01 web1 CRON[1234]: …`, `2026-11-29T07:00:01+0000 web1 kernel: …` */
const syslog =
	/^(?:<\d{1,3}>)?(?:[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\S{0,20}) \S{1,255} [\w./()@-]{1,100}(?:\[\d{1,10}\])?: /;
const pair = /(?:^|[ \t])([A-Za-z_][\w.-]{0,40})=/g;
const leastPairs = 3;

/** The names of the members of a JSON object; none of one that was cut; undefined if the line is none. */
const membersOf = (line: string): readonly string[] | undefined => {
	const object = line.startsWith('{') ? parseObject(line) : undefined;
	return object ? Object.keys(object) : line.startsWith('{"') && line.length === longestLine ? [] : undefined;
};

const formOfLine = (line: string): OneLine => {
	const names = membersOf(line);
	if (names) {
		return backendNames.every(name => names.includes(name)) ? {kind: 'backend'} : {kind: 'json', names};
	}
	if (access.test(line)) {
		return {kind: api.test(line) ? 'api' : 'access'};
	}
	if (backend.test(line)) {
		return {kind: 'backend'};
	}
	if (syslog.test(line)) {
		return {kind: 'syslog'};
	}
	const pairs = [...line.matchAll(pair)].map(([, name = '']) => name);
	return pairs.length >= leastPairs ? {kind: 'pairs', names: pairs} : {kind: 'text'};
};

const isHeading = (cell: string): boolean => /^[A-Za-z_@$][\w .$()/@#:-]{0,80}$/.test(cell);

/** The columns of a table, if the first line is its headings: the next line has as many cells. */
const columnsOf = ([first = '', second]: readonly string[]): readonly string[] | undefined => {
	for (const delimiter of delimiters) {
		const columns = first.includes(delimiter) ? (cellsOf(first, delimiter) ?? []) : [];
		const fits =
			second === undefined
				? columns.every(column => !column.includes(' '))
				: cellsOf(second, delimiter, columns.length)?.length === columns.length;
		if (columns.length >= 3 && columns.every(isHeading) && fits) {
			return columns;
		}
	}
	return undefined;
};

const mostFrequent = <Value>(values: readonly Value[]): readonly Value[] => {
	const counts = new Map<Value, number>();
	for (const value of values) {
		counts.set(value, (counts.get(value) ?? 0) + 1);
	}
	return [...counts].sort(([, one], [, other]) => other - one).map(([value]) => value);
};

const cutNames = (names: readonly string[]): readonly string[] =>
	names.slice(0, mostNames).map(name => name.slice(0, longestName));

/**
 * The form of most of the first lines of a log; undefined if they are blank.
 * @param bytes the beginning of the log; its last line may be incomplete
 */
export const lineFormOf = (bytes: Buffer): LineForm | undefined => {
	const lines = bytes
		.toString('utf8', 0, mostBytes)
		.split(/\r?\n/, mostLines)
		.map(line => line.slice(0, longestLine).trim())
		.filter(line => line !== '');
	const [first] = lines;
	if (first === undefined) {
		return undefined;
	}
	if (/^\uFEFF?<[!?A-Za-z]/.test(first)) {
		return {kind: 'markup'};
	}
	const columns = columnsOf(lines);
	if (columns) {
		return {kind: 'table', names: cutNames(columns)};
	}
	const forms = lines.map(formOfLine);
	const [kind = 'text'] = mostFrequent(forms.map(form => form.kind));
	if (kind === 'json' || kind === 'pairs') {
		const names = forms.flatMap(form => (form.kind === kind ? (form.names ?? []) : []));
		return {kind, names: cutNames(mostFrequent(names))};
	}
	// The members of a document over several lines are no objects.
	return kind === 'text' && /^[[{]/.test(first) ? {kind: 'document'} : {kind};
};
