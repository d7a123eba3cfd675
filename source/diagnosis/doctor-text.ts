import type {LogReading} from '../ingest/log-reading.js';
import {plural} from '../metrics/number-words.js';
import {skippedLines} from '../output/context.js';
import {lineFormWords} from '../output/line-form-words.js';
import {formatBytes, formatCount, formatTime} from '../output/numbers.js';
import {sanitize} from '../text/sanitize.js';
import {wrap} from '../text/wrap.js';
import type {Finding} from './finding.js';

type DoctorText = {
	readonly readings: readonly LogReading[];
	readonly findings: readonly Finding[];
	readonly lookedAt: readonly string[];
	/** Names of the logs that are not there or could not be read. */
	readonly failed: ReadonlySet<string>;
	/** Number of requests in all logs. */
	readonly requests: number;
	readonly zone: string;
	readonly ascii: boolean;
};

const columns = 80;

const marks = {problem: '!', hint: '-', good: '+'} as const;

const skippedNames: Readonly<Record<keyof ReturnType<typeof skippedLines>, string>> = {
	repeats: 'repeats of usage already counted',
	dry_runs: 'planning passes without a call',
	look_alikes: 'look-alikes (quoted in messages, replies, tracebacks)',
	broken_json: 'broken JSON',
	without_message: 'journal entries without a message',
	too_long: 'too long to be looked through to their end',
	untimed: 'without a time (that of the line before, else in no window but all)',
};

const logLines = (reading: LogReading, {failed, zone, ascii}: DoctorText): readonly string[] => {
	const {facts, format, form, tally} = reading;
	const written = facts.modified === undefined ? '' : `, last written ${formatTime(facts.modified, zone)}`;
	const name = `  ${sanitize(facts.log.name, {ascii, columns: columns - 2})}`;
	if (failed.has(facts.log.name)) {
		return [name, '    not read'];
	}
	return [
		name,
		`    ${formatBytes(facts.size)}, ${plural(facts.lines, 'line')}${written}`,
		format === undefined
			? sanitize(`    not recognised${form === undefined ? '' : `: ${lineFormWords(form)}`}`, {ascii, columns})
			: `    ${format}: ${[
					tally.plans > 0 ? plural(tally.plans, 'plan line') : '',
					tally.calls > 0 ? plural(tally.calls, 'call') : '',
					plural(tally.outcomes, 'response with usage', 'responses with usage'),
				]
					.filter(part => part !== '')
					.join(', ')}`,
	];
};

/** Maximum number of logs listed; agents leave thousands. */
const mostLogs = 12;

const moreLines = (readings: readonly LogReading[]): readonly string[] => {
	const sum = (pick: (reading: LogReading) => number) => readings.reduce((total, reading) => total + pick(reading), 0);
	const formats = [...new Set(readings.map(({format}) => format ?? 'not recognised'))].join(', ');
	return [
		`  and ${formatCount(readings.length)} more`,
		`    ${formatBytes(sum(({facts}) => facts.size))}, ${formatCount(sum(({facts}) => facts.lines))} lines`,
		`    ${formats}: ${plural(
			sum(({tally}) => tally.outcomes),
			'response with usage',
			'responses with usage',
		)}`,
	];
};

/** The findings of `doctor`, problems first, each with the next step. */
export const doctorText = (doctor: DoctorText): string => {
	const {readings, findings, lookedAt, requests, ascii} = doctor;
	const shown = readings.slice(0, mostLogs);
	const skipped = Object.entries(skippedLines(readings)).filter(([, lines]) => lines > 0);
	const indented = (text: string, first: string, rest: string) =>
		wrap(sanitize(text, {ascii}), columns - rest.length).map((line, index) => (index === 0 ? first : rest) + line);
	return [
		'What was read',
		...(readings.length === 0 ? indented(`nothing; looked at ${lookedAt.join(', ')}`, '  ', '  ') : []),
		...shown.flatMap(reading => logLines(reading, doctor)),
		...(readings.length > shown.length ? moreLines(readings.slice(mostLogs)) : []),
		`  ${plural(requests, 'request')} in all`,
		...(skipped.length > 0 ? ['', 'Skipped'] : []),
		...skipped.map(
			([reason, lines]) => `  ${formatCount(lines).padStart(9)}  ${skippedNames[reason as keyof typeof skippedNames]}`,
		),
		'',
		'What was found',
		...findings.flatMap(({severity, says, next}) => [
			...indented(says, `  ${marks[severity]} `, '    '),
			...(next === undefined ? [] : indented(next, ascii ? '    > ' : '    → ', '      ')),
		]),
		...(findings.length === 0 ? ['  + nothing to remark'] : []),
		'',
	].join('\n');
};
