import stringWidth from 'string-width';
import type {Snapshot} from '../../monitor/snapshot.js';
import {formatCount} from '../../output/numbers.js';
import {sanitize} from '../../text/sanitize.js';
import type {CoverText} from '../page-parts.js';
import {age} from '../presentation/age.js';
import {windowPhrase} from '../presentation/window-words.js';
import {flow} from '../text/flow.js';
import {type Line, muted, primary, space, styledAs} from '../text/line.js';
import {failedLogs, logTable} from './log-table.js';

const indent = 2;
/** Most logs listed: nobody scrolls through more, and every transcript is a log. */
const mostLogs = 200;
const widestHost = 24;

const problemLines = ({problems}: Snapshot, columns: number): readonly Line[] =>
	problems.flatMap(({message, count}) => {
		const times = count > 1 ? ` (${formatCount(count)} times)` : '';
		return flow(primary(`${sanitize(message)}${times}`), columns - indent - 2).map(
			(row, index): Line => [...space(indent), ...styledAs('status.fair', index === 0 ? '! ' : '  '), ...row],
		);
	});

/** The machines of a fleet: when each was last heard of, and its requests in the window. */
const hostLines = ({hostsSeen = [], hosts}: Snapshot['report'], now: number): readonly Line[] => {
	const requests = new Map(hosts.map(({name, summary}) => [name, summary.requests]));
	return hostsSeen.slice(0, mostLogs).map(({name, silentFor}): Line => {
		const shown = sanitize(name, {columns: widestHost});
		return [
			...space(indent),
			...primary(shown),
			...space(widestHost - stringWidth(shown) + 2),
			...muted(
				`${`reported ${age(now - silentFor, now)}`.padEnd(20)}${formatCount(requests.get(name) ?? 0).padStart(10)} requests`,
			),
		];
	});
};

/** What is read, and any problems, which come first. */
export const sourceLines = (snapshot: Snapshot, columns: number): CoverText => {
	const {readings, report, view, now} = snapshot;
	const requests = new Map(report.sources.map(({name, summary}) => [name, summary.requests]));
	const options = {
		columns: columns - indent,
		now,
		most: mostLogs,
		failed: failedLogs(snapshot),
		requestsOf: (name: string) => requests.get(name) ?? 0,
	};
	const problems = problemLines(snapshot, columns);
	const inTheWay = problems.length === 0 ? [] : [styledAs('text.title', 'In the way'), ...problems, []];
	const logs = logTable(readings, options).map((row): Line => [...space(indent), ...row]);
	const hosts = hostLines(report, now);
	return {
		title: 'Sources',
		sections: problems.length === 0 ? [0] : [0, inTheWay.length],
		lines: [
			...inTheWay,
			[...styledAs('text.title', 'Read'), ...muted(`  requests: ${windowPhrase(view, report.window)}`)],
			...(hosts.length > 0 ? hosts : logs.length > 0 ? logs : [[...space(indent), ...muted('Nothing.')]]),
			[],
			...flow(muted(`Run hitrate ${report.hostsSeen ? 'fleet status' : 'doctor'} for details.`), columns - indent).map(
				(row): Line => [...space(indent), ...row],
			),
		],
	};
};
