import type {LocalTime} from '../../time/stamp.js';
import {findTime} from '../times/log-time.js';

/** Text that another writer put before a log line. */
type Prefix = {
	/** The rest of the line. */
	readonly text: string;
	/** The time in the prefix, in epoch milliseconds. */
	readonly time: number | undefined;
	/** The time as written, or the empty text. */
	readonly stamp: string;
	/** Distinguishes processes that share a file. */
	readonly stream: string;
	/** True if the line continues in the next one of the same stream. */
	readonly partial: boolean;
};

const stamp = String.raw`\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?`;

/** A prefix that is recognised whatever follows it, even the continuation of a line. */
type PrefixForm = {
	/** The program that writes this prefix. */
	readonly writer: string;
	readonly example: string;
	/** Named groups: stamp, stream, part. Anchored and bounded. */
	readonly pattern: RegExp;
};

const identity = String.raw`[\w.-]{1,255} \(?[^\s:="{}()[\]]{1,255}\)?(?:\[\d{1,10}\])?`;

/** Tried in this order. */
export const prefixForms: readonly PrefixForm[] = [
	{
		writer: 'CRI (containerd, cri-o)',
		example: '2025-10-20T08:15:30.125318377Z stdout F LINE',
		pattern: new RegExp(`^(?<stamp>${stamp}) (?<stream>stdout|stderr) (?<part>[FP])(?::[^ ]{1,40})? ?`),
	},
	{
		writer: 'kubectl logs --prefix',
		example: '[pod/NAME/CONTAINER] LINE',
		pattern: /^\[(?<stream>pod\/[^\]\s]{1,300})\] /,
	},
	{
		writer: 'journalctl -o short-iso',
		example: '2025-10-20T08:15:30+0000 HOST app[12]: LINE',
		pattern: new RegExp(`^(?<stamp>${stamp}) (?<stream>${identity}): `),
	},
	{
		// The stamp has no year, so it is ignored.
		writer: 'syslog, journalctl',
		example: 'Oct 20 08:15:30 HOST app[12]: LINE',
		pattern: new RegExp(
			String.raw`^(?:<\d{1,3}>)?[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d(?:\.\d{1,9})? (?<stream>${identity}): `,
		),
	},
	{writer: 'pm2 logs', example: '0|worker   | LINE', pattern: /^(?<stream>\d{1,6}\|[\w.@/-]{1,100}) {0,100}\| /},
	{
		writer: 'honcho, foreman',
		example: '10:00:01 worker.1 | LINE',
		pattern: /^\d\d:\d\d:\d\d(?:\.\d{1,6})? (?<stream>[\w.@/-]{1,100}) {0,100}\| /,
	},
	{
		writer: 'docker compose logs, docker service logs',
		example: 'worker.1.ID@NODE    | LINE',
		pattern: /^(?<stream>[\w.@-]{1,200}?) {0,100}\| /,
	},
	{
		writer: 'Ray',
		example: '(worker pid=12, ip=10.0.0.1) LINE',
		pattern: /^\((?<stream>(?:[\w.:-]{1,80} )?pid=\d{1,10}[^()]{0,80})\) /,
	},
	{writer: 'PM2 --time', example: '2026-11-23T01:07:38: LINE', pattern: new RegExp(`^(?<stamp>${stamp}): `)},
];

/** Matches the start of a line of the backends' own loggers: a time and a level in brackets, or dashes. */
const ownBeginning = new RegExp(
	`${stamp} (?:\\[(?:debug|info|warning|warn|error|critical|exception|notset|trace|success) *\\] |- (?:DEBUG|INFO|WARNING|ERROR|CRITICAL) - |- [\\w.]{1,80} - (?:DEBUG|INFO|WARNING|ERROR|CRITICAL) - )`,
);

/** Maximum characters that another writer puts before a line. */
const longestPrefix = 300;

/** Matches a span's name, ids, kind and tracer, as Java's logging exporter prints them before its attributes. */
const javaSpan = /'[^'\n]{0,100}' : [\da-f]{1,32} [\da-f]{1,16} [A-Z]{1,20} \[tracer: [^[\]\n]{0,100}\](?= )/;

const levels = /\b(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL|CRITICAL)\b/i;
/** Matches a set of labels as printed by Loki's client. */
const labels = /\{[\w.]{1,80}="[^"{}]{0,200}"(?:, ?[\w.]{1,80}="[^"{}]{0,200}")*\}/g;

/**
 * True if the text before an object or a line is a writer's prefix: it has a time or a level, announces usage, ends
 * like a prefix, or is a few words. A sentence in which someone quotes an object is none.
 */
export const isPrefix = (before: string): boolean => {
	// Python prints bytes as `b'…'`.
	const text =
		before.length > longestPrefix
			? undefined
			: before
					.replaceAll(labels, '')
					.replace(javaSpan, '')
					.trim()
					.replace(/(?:^|\s|=)b'$/, '')
					.trim();
	return (
		text !== undefined &&
		!/["'`]|[a-z](?:Error|Exception|Warning):$/.test(text) &&
		(text === '' ||
			/\d\d:\d\d:\d\d|\d{10}\.\d{3}/.test(text) ||
			levels.test(text) ||
			/[|:=\]>-]$/.test(text) ||
			/usage/i.test(text) ||
			(text.split(/\s+/).length <= 4 && !/[.?!]$/.test(text)))
	);
};

/**
 * True if a prefix has `name=value` pairs of the line, or members of a Go struct, in addition to a collector's labels.
 */
export const tellsPairs = (before: string): boolean =>
	/(?:^|\s)[\w.]+=\S+\s|(?:^|[\s&=])\{[A-Z]\w*:\S/.test(before.replaceAll(labels, ''));

/** The constant part of a prefix, without times, levels and numbers. */
const streamOf = (before: string): string =>
	before
		.replaceAll(/<\d{1,3}>\d?|\d{4}-\d\d-\d\d|\d\d:\d\d:\d\d(?:[.,]\d{1,9})?|(?<![\w.-])[\d.]+(?![\w.-])/g, '')
		.replaceAll(new RegExp(levels.source, 'gi'), '')
		.replaceAll(/\s+/g, ' ')
		.trim();

/** Removes the outermost recognisable prefix of a line; undefined if there is none. */
export const stripPrefix = (line: string, localTime: LocalTime): Prefix | undefined => {
	for (const {pattern} of prefixForms) {
		const match = pattern.exec(line);
		if (match) {
			const {stamp: time = '', stream = '', part} = match.groups ?? {};
			return {
				text: line.slice(match[0].length),
				time: time === '' ? undefined : findTime(time, localTime)?.time,
				stamp: time,
				stream,
				partial: part === 'P',
			};
		}
	}
	return undefined;
};

/** Removes everything before the start of a line of its own, if that is a writer's prefix. */
export const cutBefore = (line: string, start: number, localTime: LocalTime): Prefix | undefined => {
	const before = line.slice(0, start);
	if (!isPrefix(before)) {
		return undefined;
	}
	const found = findTime(before, localTime);
	return {
		text: line.slice(start),
		time: found?.time,
		stamp: found?.stamp ?? '',
		stream: streamOf(before),
		partial: false,
	};
};

/** Start of a line of one of the backends' loggers; -1 if there is none. */
export const ownStart = (line: string): number =>
	ownBeginning.exec(line.length > 2 * longestPrefix ? line.slice(0, 2 * longestPrefix) : line)?.index ?? -1;
