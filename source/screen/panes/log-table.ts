import type {LogReading} from '../../ingest/log-reading.js';
import {plural} from '../../metrics/number-words.js';
import type {Snapshot} from '../../monitor/snapshot.js';
import {formatBytes, formatCount} from '../../output/numbers.js';
import {sanitize} from '../../text/sanitize.js';
import {ago, writtenAt} from '../presentation/activity-words.js';
import {cutStart} from '../text/cut.js';
import {type Line, muted, primary, strong} from '../text/line.js';
import {table} from '../text/table.js';

type LogTableOptions = {
	readonly columns: number;
	/** Epoch milliseconds. */
	readonly now: number;
	/** Most logs listed; the others are only counted. */
	readonly most: number;
	/** Names of the logs that could not be read. */
	readonly failed: ReadonlySet<string>;
	/** Requests of a log in the window, by the log's name; undefined leaves the column out. */
	readonly requestsOf?: ((name: string) => number) | undefined;
};

/** Names of the logs that could not be read because of a problem. */
export const failedLogs = ({problems}: Pick<Snapshot, 'problems'>): ReadonlySet<string> =>
	new Set(problems.filter(({kind}) => kind === 'missing' || kind === 'unreadable').map(({name}) => name));

const widestName = 60;
/** Columns reserved for a log's format and size, next to its name. */
const beside = 36;
/** Columns reserved where its requests, and when it was written, are told as well: names give way to them up to a point. */
const besideRequests = 58;
const leastName = 12;
const leastNameBesideRequests = 30;

/** What was found in a log: its format and its requests, or why there are none. */
const finding = (
	{format, tally, facts}: LogReading,
	{failed, requestsOf}: Pick<LogTableOptions, 'failed' | 'requestsOf'>,
): string => {
	if (failed.has(facts.log.name)) {
		return 'not read';
	}
	if (facts.size === 0 && facts.lines === 0) {
		return 'empty';
	}
	if (format === undefined) {
		return 'not recognised';
	}
	if (requestsOf) {
		return format;
	}
	return tally.candidates === 0 ? 'no cache lines' : `${formatCount(tally.candidates)} cache lines, no request`;
};

/** The logs that were read, one row per log, last written first. */
export const logTable = (
	readings: readonly LogReading[],
	{columns, now, most, failed, requestsOf}: LogTableOptions,
): readonly Line[] => {
	const shown = [...readings].sort((one, other) => (writtenAt(other) ?? 0) - (writtenAt(one) ?? 0)).slice(0, most);
	const widest = requestsOf
		? Math.max(leastNameBesideRequests, Math.min(widestName, columns - besideRequests))
		: Math.max(leastName, Math.min(widestName, columns - beside));
	const {rows} = table(
		[
			{cells: shown.map(({facts}) => strong(cutStart(sanitize(facts.log.name), widest)))},
			{cells: shown.map(reading => muted(finding(reading, {failed, requestsOf}))), keep: 4},
			{cells: shown.map(({facts}) => primary(formatBytes(facts.size))), align: 'right', keep: 2},
			{cells: shown.map(({facts}) => primary(plural(facts.lines, 'line'))), align: 'right', keep: 1},
			{
				cells: shown.map(({facts}) => (requestsOf ? primary(plural(requestsOf(facts.log.name), 'request')) : [])),
				align: 'right',
				keep: 5,
			},
			{
				cells: shown.map(reading => {
					const written = writtenAt(reading);
					return written === undefined ? [] : muted(`written ${ago(written, now)}`);
				}),
				keep: 3,
			},
		],
		columns,
	);
	const more = readings.length - shown.length;
	return more > 0 ? [...rows, muted(`and ${formatCount(more)} more`)] : rows;
};
