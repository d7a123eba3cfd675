import process from 'node:process';
import type {LogReading} from '../ingest/log-reading.js';
import {count, plural} from '../metrics/number-words.js';
import {sampleFile} from '../sources/file/sample-file.js';
import {sanitize} from '../text/sanitize.js';
import {mentionsIn} from './mentions.js';
import {redacted} from './redact.js';

/** Maximum lines shown per log. */
const mostLines = 5;
const mostLogs = 10;

const blockOf = ({facts, format, tally}: LogReading, index: number): readonly string[] => {
	const sample = sampleFile(facts.log.id);
	const lines = (sample?.bytes.toString('utf8') ?? '').split('\n').filter(line => line.trim() !== '');
	const mentions = mentionsIn(lines);
	const chosen = mentions ? lines.filter(line => line.includes(mentions.name)) : lines;
	return [
		`Log ${index + 1}: ${plural(facts.lines, 'line')}, ${format === undefined ? 'not recognised' : `read as ${format}`}; ${count(tally.outcomes)} with usage.`,
		...(mentions
			? [
					`${plural(mentions.lines, 'line')} of a sample ${mentions.lines === 1 ? 'mentions' : 'mention'} ${mentions.name}; the first is ${mentions.form}.`,
				]
			: []),
		'',
		'```',
		...chosen.slice(0, mostLines).map(line => sanitize(redacted(line))),
		'```',
		'',
	];
};

/**
 * The output of `doctor --share`: Markdown, fit for a bug report. Shows the first lines of each log that was not
 * recognised (or of all logs, if every one was), without names, texts, paths or ids.
 */
export const sharedSample = (readings: readonly LogReading[], version: string): string => {
	const unread = readings.filter(({format, tally}) => format === undefined || tally.outcomes + tally.plans === 0);
	const shown = (unread.length > 0 ? unread : readings).slice(0, mostLogs);
	return [
		`hitrate ${version}, Node ${process.versions.node}, ${process.platform}`,
		'',
		...(shown.length === 0 ? ['No log was read.', ''] : shown.flatMap(blockOf)),
	].join('\n');
};
