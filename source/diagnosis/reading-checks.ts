import {plural, sayGap} from '../metrics/number-words.js';
import {formatBytes} from '../output/numbers.js';
import type {Check, ExaminedLog, Finding} from './finding.js';

/** `12 s ago`, `3 days ago`. */
export const sayAge = (time: number, now: number): string => {
	const days = Math.floor((now - time) / 86_400_000);
	return days >= 2 ? `${days} days ago` : `${sayGap(Math.max(0, now - time))} ago`;
};

/** `1.2 MB, 812 lines, last written 3 min ago`; `now` in epoch milliseconds. */
export const describeLog = ({reading: {facts}}: ExaminedLog, now: number): string =>
	[
		formatBytes(facts.size),
		plural(facts.lines, 'line'),
		facts.modified === undefined ? undefined : `last written ${sayAge(facts.modified, now)}`,
	]
		.filter(part => part !== undefined)
		.join(', ');

const day = 86_400_000;

/** Sources that could not be read, in full or in part. */
export const problems: Check = ({problems: found}) =>
	found.map(({kind, message, count}) => ({
		id: kind,
		severity: 'problem',
		says: count > 1 ? `${message} (${plural(count, 'time')})` : message,
		next: undefined,
	}));

/** No source was named, and none was found in the usual places. */
export const nothingFound: Check = ({logs, lookedAt, problems: found}) =>
	logs.length === 0 && found.length === 0
		? [
				{
					id: 'no-source',
					severity: 'problem',
					says: `No log was found. Looked at: ${lookedAt.join(', ')}.`,
					next: 'Name a log, as in hitrate path/to/worker.log, or look around with hitrate --demo.',
				},
			]
		: [];

/** Lines that look like cache lines but could not be used, by reason. */
export const skippedLines: Check = ({logs}) => {
	const sum = (key: 'brokenJson' | 'withoutMessage' | 'tooLong' | 'untimed') =>
		logs.reduce((total, {reading}) => total + reading.tally[key], 0);
	const found: Finding[] = [];
	if (sum('withoutMessage') > 0) {
		found.push({
			id: 'journal-without-message',
			severity: 'problem',
			says: `${plural(sum('withoutMessage'), 'journal entry', 'journal entries')} without a message: journalctl leaves out what is longer than 4,096 bytes.`,
			next: 'Add --all to the journalctl command.',
		});
	}
	if (sum('brokenJson') > 0) {
		found.push({
			id: 'broken-json',
			severity: 'hint',
			says: `${plural(sum('brokenJson'), 'line')} began as JSON and did not end as such; they were skipped.`,
			next: 'Two processes writing one file, or a line cut off by a collector, do this.',
		});
	}
	if (sum('tooLong') > 0) {
		found.push({
			id: 'too-long',
			severity: 'hint',
			says: `${plural(sum('tooLong'), 'line')} too long to be looked through to the end, with nothing in the beginning, in ${logs
				.filter(({reading}) => reading.tally.tooLong > 0)
				.slice(0, 3)
				.map(({reading}) => reading.facts.log.name)
				.join(', ')}.`,
			next: '--pattern looks at the first 16 KB of a line: log the usage before what is long.',
		});
	}
	if (sum('untimed') > 0) {
		found.push({
			id: 'untimed',
			severity: 'hint',
			says: `${plural(sum('untimed'), 'cache line')} without a time, counted at that of the line before; with none before, in no window but all.`,
			next: undefined,
		});
	}
	return found;
};

/** Formats of logs that a running backend keeps writing, unlike transcripts and exports. */
const backendFormats: ReadonlySet<string | undefined> = new Set([
	'agentpress',
	'litellm',
	'usage-lines',
	'cache-lines',
]);

/** Logs of a backend that are no longer written; none of them while any is. */
export const stale: Check = ({logs, now}) => {
	const own = logs
		.filter(
			({reading: {facts, format}}) => backendFormats.has(format) && facts.modified !== undefined && facts.size > 0,
		)
		.map(({reading: {facts}}) => ({name: facts.log.name, modified: facts.modified ?? now}))
		.sort((one, other) => other.modified - one.modified);
	const [newest] = own;
	if (!newest || now - newest.modified <= day) {
		return [];
	}
	const others = own.length === 1 ? '' : `, and ${plural(own.length - 1, 'other log', 'other logs')} before that`;
	return [
		{
			id: 'stale',
			severity: 'hint',
			says: `${newest.name} was last written ${sayAge(newest.modified, now)}${others}.`,
			next: 'If the backend is running, it writes elsewhere: look for its output with docker logs or journalctl.',
		},
	];
};

/** Times in the future: a wrong clock, or a wrong time zone. */
export const future: Check = ({whole, now}) => {
	const count = whole.requests.filter(({time}) => time > now + 60_000).length;
	return count > 0
		? [
				{
					id: 'future',
					severity: 'problem',
					says: `${plural(count, 'request')} lie${count === 1 ? 's' : ''} in the future.`,
					next: 'Check the clock of the machine that wrote the log, and whether its times need --log-tz.',
				},
			]
		: [];
};

/** Installed agents that log nothing about their cache. */
export const silent: Check = ({silentAgents}) =>
	silentAgents.map(({agent, folder, reason}) => ({
		id: 'silent-agent',
		severity: 'hint',
		says: `${agent} is used here (${folder}) and cannot be read: ${reason}.`,
		next: undefined,
	}));
