import {plural} from '../metrics/number-words.js';
import {formatBytes} from '../output/numbers.js';
import {wholeUsage} from './cache-checks.js';
import type {Check, ExaminedLog, Finding} from './finding.js';
import {describeLog, sayAge} from './reading-checks.js';

const judge = (log: ExaminedLog): string => {
	const {kinds, reading} = log;
	if (reading.facts.lines === 0) {
		return 'It is empty.';
	}
	if (reading.format === 'csv') {
		return reading.facts.lines === 1
			? 'It is a table with a header and no rows.'
			: 'It is a table, and none of its rows reports a call or a sum of calls: prices, averages and totals are left out.';
	}
	if (!kinds) {
		return '';
	}
	if (kinds.liteLlmProxy) {
		return "It is a LiteLLM proxy's own log, which does not tell what a call used.";
	}
	if (kinds.mentions) {
		const {name, lines, first, form, isAlone} = kinds.mentions;
		const misses = isAlone ? ', without a count of the cache or of the output beside it: that tells no request' : '';
		return `${plural(lines, 'line')} of its sample ${lines === 1 ? 'mentions' : 'mention'} ${name}; the first, line ${first}, is ${form}${misses}.`;
	}
	if (kinds.web > kinds.structured && kinds.web > 0) {
		return "It holds the API's requests; cache lines are written by the worker.";
	}
	if (kinds.structured === 0) {
		return 'hitrate recognises none of its lines.';
	}
	if (kinds.lowestLevel === 'warning' || kinds.lowestLevel === 'error') {
		return `It holds nothing below level ${kinds.lowestLevel.toUpperCase()}, and cache lines are written at INFO and DEBUG.`;
	}
	return "It holds the backend's lines, but none about caching.";
};

/** A log that reports what several calls used together. */
const sumsAlone = ({reading: {facts, sums}}: ExaminedLog): Finding => ({
	id: 'sums-only',
	severity: 'hint',
	says: `${facts.log.name} has ${plural(sums.length, 'sum')} of calls and no single call. The report lists what they add up to; they are in no rate and no break.`,
	next: undefined,
});

/** The log contains no cache line. */
export const noCacheLines: Check = ({logs, whole, neighbours, problems, now}) => {
	const unread = new Set(problems.map(({name}) => name));
	if (whole.total > 0 || logs.length === 0) {
		return [];
	}
	const found: Finding[] = logs.filter(({reading}) => reading.sums.length > 0).map(sumsAlone);
	const others = logs.filter(({reading}) => reading.sums.length === 0 && !unread.has(reading.facts.log.name));
	found.push(
		...others.map(log => ({
			id: 'no-cache-lines',
			severity: 'problem' as const,
			says: `No cache lines in ${log.reading.facts.log.name} (${describeLog(log, now)}). ${judge(log)}`.trim(),
			next: nextFor(log),
		})),
	);
	for (const neighbour of neighbours.filter(({holdsCacheLines}) => holdsCacheLines).slice(0, 3)) {
		found.push({
			id: 'other-log',
			severity: 'hint',
			says: `In the same folder: ${neighbour.path}, ${formatBytes(neighbour.size)}, written ${sayAge(neighbour.modified, now)}, and it holds cache lines.`,
			next: `Run: hitrate ${neighbour.path}`,
		});
	}
	return found;
};

const nextFor = ({kinds, reading}: ExaminedLog): string => {
	if (reading.facts.lines === 0) {
		return 'Send a message to an agent and look again: the log fills when an agent runs.';
	}
	if (kinds?.liteLlmProxy) {
		return 'Let a callback of the proxy write its standard_logging_object, one JSON line a call (see the readme), or read its database: hitrate postgres://….';
	}
	if (reading.format === 'csv') {
		return 'Export the calls one by one, with their input tokens and those read from the cache in columns of their own.';
	}
	if (kinds?.mentions?.isAlone) {
		return wholeUsage;
	}
	if (kinds?.mentions) {
		return 'hitrate reads usage objects as JSON, as printed by a program, or as name=value pairs; other lines are read by a pattern of yours: hitrate doctor --pattern REGEX.';
	}
	if (kinds && kinds.web > kinds.structured) {
		return 'Read the log of the worker instead: hitrate logs/worker.log.';
	}
	if (kinds?.lowestLevel === 'warning' || kinds?.lowestLevel === 'error') {
		return 'Set LOGGING_LEVEL=INFO for the worker (DEBUG shows plans too) and restart it.';
	}
	if (kinds?.structured === 0) {
		return 'Name a log that holds the usage objects of a provider, or that of an AgentPress / Suna worker, bare or through docker logs, journalctl or kubectl logs, or a transcript of a coding agent.';
	}
	return 'Either no message was sent since the start, or the level hides the lines: LOGGING_LEVEL=DEBUG shows all. Whether caching is on, this log does not tell.';
};
