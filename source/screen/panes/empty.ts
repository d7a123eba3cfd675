import type {LogReading} from '../../ingest/log-reading.js';
import {plural} from '../../metrics/number-words.js';
import type {Snapshot} from '../../monitor/snapshot.js';
import {lineFormStep, lineFormWords, readsWords} from '../../output/line-form-words.js';
import {formatCount, formatTime} from '../../output/numbers.js';
import {cutMiddle} from '../../text/cut-middle.js';
import {sanitize} from '../../text/sanitize.js';
import {filterWords} from '../presentation/filter-words.js';
import {progressBar, progressLine} from '../presentation/progress-words.js';
import {windowName} from '../presentation/window-words.js';
import {cut} from '../text/cut.js';
import {flow} from '../text/flow.js';
import {type Line, muted, primary, space, strong, styledAs} from '../text/line.js';
import {failedLogs, logTable} from './log-table.js';

type EmptyOptions = {
	readonly columns: number;
	readonly rows: number;
	readonly timeZone: string;
	readonly unicode: boolean;
	/** The places that were searched; listed if nothing was found there. */
	readonly lookedAt: readonly string[];
	/** True if `d` switches to a demo. */
	readonly hasDemo: boolean;
};

const margin = 3;
const mostLogs = 6;

const indented = (lines: readonly Line[], by = margin): readonly Line[] =>
	lines.map(line => (line.length === 0 ? line : [...space(by), ...line]));

const item = (text: string, columns: number): readonly Line[] =>
	flow(primary(text), columns - 2).map((row, index) => [...muted(index === 0 ? '· ' : '  '), ...row]);

/** Keys that help in this situation, each with what it does. */
const keyHints = (hints: readonly (readonly [key: string, does: string])[], columns: number): readonly Line[] =>
	flow(
		hints.flatMap(([key, does]) => [...styledAs('key', key), ...primary(does)]),
		columns,
	);

/** The logs that were read, each with its format. */
const logLines = (snapshot: Snapshot, columns: number): readonly Line[] =>
	indented(
		logTable(snapshot.readings, {
			columns: columns - 2,
			now: snapshot.now,
			most: mostLogs,
			failed: failedLogs(snapshot),
		}),
		2,
	);

/** There are requests, but none in this window. */
const emptyWindow = ({report}: Snapshot, {columns, timeZone}: EmptyOptions): readonly Line[] => [
	...flow(strong(`No requests in this window (${windowName(report.window)}).`), columns),
	...(report.span === undefined
		? []
		: flow(
				primary(
					`${plural(report.total - report.untimed, 'request')} outside of it, the latest on ${formatTime(report.span.last, timeZone, 'date')}.`,
				),
				columns,
			)),
	...(report.untimed === 0
		? []
		: flow(primary(`${plural(report.untimed, 'request')} without a time, in no window but all.`), columns)),
	[],
	...keyHints(
		[
			['7', 'shows all of them,'],
			['[ ]', 'step back and forward.'],
		],
		columns,
	),
];

/** There are requests, but none matches the filter. */
const noMatch = (filter: string, {columns}: EmptyOptions): readonly Line[] => [
	...flow(strong(`No request in this window matches ${filter}`), columns),
	[],
	...keyHints(
		[
			['Esc', 'clears the filter,'],
			['7', 'looks at all times.'],
		],
		columns,
	),
];

const headline = ({readings}: Snapshot): string => {
	const [only] = readings;
	if (only === undefined) {
		return 'There is nothing to read.';
	}
	return `No requests in ${readings.length === 1 ? sanitize(only.facts.log.name) : `${formatCount(readings.length)} logs`}.`;
};

/** Reasons of a log without requests that may be that of an AgentPress / Suna backend. */
const backendReasons = [
	'Cache lines are written by the worker: if this is the log of the API (backend.log), open worker.log.',
	'The log level hides them: LOGGING_LEVEL=DEBUG shows them.',
	'No message was sent since the log began.',
	'The model does not cache, or caching is switched off.',
];

/** True if a log may be that of an AgentPress / Suna backend. */
const mayBeBackend = ({format, form}: LogReading): boolean =>
	format === 'agentpress' || form?.kind === 'backend' || form?.kind === 'api';

/** Why there may be no requests in the logs that were read, and what to do. */
const explained = (snapshot: Snapshot, columns: number): readonly Line[] => {
	const failed = failedLogs(snapshot);
	const there = snapshot.readings.filter(({facts}) => !failed.has(facts.log.name));
	const readings = there.filter(({facts}) => facts.lines > 0);
	if (readings.length === 0) {
		// What keeps a log from being read is said above.
		return there.length === 0
			? []
			: [...flow(muted('hitrate reads a log as soon as something is written to it.'), columns), []];
	}
	const unknown = readings.flatMap(({format, form}) => (format === undefined ? (form ?? []) : []));
	const [form] = unknown;
	if (readings.some(mayBeBackend)) {
		return [muted('Possible reasons'), ...backendReasons.flatMap(text => item(text, columns)), []];
	}
	if (!form) {
		return [
			...flow(muted('No response in them tells its usage yet: requests are shown as they are answered.'), columns),
			[],
		];
	}
	const what = lineFormWords(form);
	return [
		...flow(primary(unknown.length === 1 ? `Its lines look like ${what}.` : `The first looks like ${what}.`), columns),
		...flow(muted(readsWords), columns),
		[],
		...flow(primary(lineFormStep(form)), columns),
		[],
	];
};

/** The places that were searched, if none of them has a log. */
const tried = (places: readonly string[], columns: number, unicode: boolean): readonly Line[] =>
	places.length === 0
		? []
		: [
				...places.map(
					(place): Line => [
						...styledAs('status.fair', unicode ? '✗ ' : 'x '),
						...primary(cutMiddle(sanitize(place), columns - 2)),
					],
				),
				[],
			];

/** The ClickHouse of a fleet to which no host has shipped. */
const nothingShipped = ({columns}: EmptyOptions): readonly Line[] => [
	...flow(strong('No host has shipped anything yet.'), columns),
	[],
	...flow(
		[
			...strong('hitrate serve --ship'),
			...primary('or'),
			...strong('hitrate ship'),
			...primary('on each of them sends its requests;'),
			...strong('hitrate fleet status'),
			...primary('tells who did.'),
		],
		columns,
	),
];

/** Nothing was found: where hitrate looked, possible reasons, and what to do next. */
const nothingFound = (snapshot: Snapshot, {columns, hasDemo, lookedAt, unicode}: EmptyOptions): readonly Line[] => [
	...flow(strong(headline(snapshot)), columns),
	[],
	...logLines(snapshot, columns),
	...(snapshot.readings.length > 0 ? [] : tried(lookedAt, columns, unicode)),
	...snapshot.problems.flatMap(({message}) =>
		flow(primary(sanitize(message)), columns - 4).map(
			(row, index): Line => [...space(2), ...styledAs('status.fair', index === 0 ? '! ' : '  '), ...row],
		),
	),
	...(snapshot.readings.length > 0 || snapshot.problems.length > 0 ? [[]] : []),
	...(snapshot.readings.length > 0 ? explained(snapshot, columns) : []),
	...(snapshot.readings.length > 0
		? []
		: flow([...primary('Name a log:'), ...strong('hitrate logs/worker.log')], columns)),
	...flow(
		[
			...(hasDemo
				? [...styledAs('key', 'd'), ...primary('shows a simulated backend;')]
				: [...strong('hitrate --demo'), ...primary('shows a simulated backend;')]),
			...primary('run'),
			...strong(snapshot.readings.some(({facts}) => facts.log.id === '-') ? '… | hitrate doctor -' : 'hitrate doctor'),
			...primary('for details.'),
		],
		columns,
	),
];

/** Nothing was found yet, but reading has not finished. */
const reading = (snapshot: Snapshot, {columns, unicode}: EmptyOptions): readonly Line[] => {
	const drawn = progressBar(snapshot, columns, unicode);
	return [
		strong('Reading…'),
		[],
		...(drawn.length > 0 ? [drawn, progressLine(snapshot, columns), []] : []),
		...logLines(snapshot, columns),
	];
};

/**
 * Replaces the dashboard if there are no requests to show, instead of zeros. At most `rows` lines of at most `columns`.
 */
export const empty = (snapshot: Snapshot, options: EmptyOptions): readonly Line[] => {
	const inner = {...options, columns: options.columns - 2 * margin};
	const content = () => {
		const filter = filterWords(snapshot.report.filter);
		if (snapshot.report.total > 0 && filter !== undefined) {
			return noMatch(filter, inner);
		}
		if (snapshot.report.total > 0) {
			return emptyWindow(snapshot, inner);
		}
		if (snapshot.state === 'reading') {
			return reading(snapshot, inner);
		}
		const isFleet = snapshot.report.hostsSeen !== undefined && snapshot.problems.length === 0;
		return isFleet ? nothingShipped(inner) : nothingFound(snapshot, inner);
	};
	return [[], ...indented(content())].slice(0, options.rows).map(line => cut(line, options.columns));
};
