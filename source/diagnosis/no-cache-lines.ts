import type {LineForm} from '../formats/line-form.js';
import {plural} from '../metrics/number-words.js';
import {lineFormStep, lineFormWords, readsWords} from '../output/line-form-words.js';
import {formatBytes} from '../output/numbers.js';
import {wholeUsage} from './cache-checks.js';
import type {Check, ExaminedLog, Finding} from './finding.js';
import type {Mentions} from './mentions.js';
import {describeLog, sayAge} from './reading-checks.js';

/** What keeps a log from having requests: a sentence about it, empty if nothing is known, and one with the next step. */
type Verdict = {readonly says: string; readonly next: string};

const isQuiet = ({kinds}: ExaminedLog): boolean => kinds?.lowestLevel === 'warning' || kinds?.lowestLevel === 'error';

/** Of a log whose format is known. */
const judgeKnown = ({reading}: ExaminedLog): Verdict => {
	const {format, facts} = reading;
	if (format !== 'csv') {
		return {
			says: `It is read as ${format}, and no response in it tells its usage.`,
			next: 'Look again when a call has been answered; hitrate doctor --share shows what its lines look like, for a bug report.',
		};
	}
	return facts.lines === 1
		? {
				says: 'It is a table of calls with a line of headings, and no rows.',
				next: 'Export a period in which calls were made.',
			}
		: {
				says: `It is a table of calls with ${plural(facts.lines - 1, 'row')}, and no row is a call.`,
				next: 'A row needs as many cells as there are headings (in quotes where a cell holds the separator), and whole numbers of tokens; totals, averages and prices are no calls.',
			};
};

/** Of lines in which tokens are counted under a name that is known. */
const judgeMentions = ({name, lines, first, form, isAlone}: Mentions): Verdict => {
	const misses = isAlone ? ', without a count of the cache or of the output beside it: that tells no request' : '';
	return {
		says: `${plural(lines, 'line')} of its sample ${lines === 1 ? 'mentions' : 'mention'} ${name}; the first, line ${first}, is ${form}${misses}.`,
		next: isAlone
			? wholeUsage
			: 'hitrate reads usage objects as JSON, as printed by a program, or as name=value pairs; other lines are read by a pattern of yours: hitrate doctor --pattern REGEX.',
	};
};

/** Of the lines of a backend with structlog, as AgentPress is. */
const judgeBackend = (log: ExaminedLog): Verdict =>
	isQuiet(log)
		? {
				says: `It holds nothing below level ${log.kinds?.lowestLevel?.toUpperCase()}, and cache lines are written at INFO and DEBUG.`,
				next: 'Set LOGGING_LEVEL=INFO for the worker (DEBUG shows plans too) and restart it.',
			}
		: {
				says: "It holds the backend's lines, but none about caching.",
				next: 'Either no message was sent since the start, or the level hides the lines: LOGGING_LEVEL=DEBUG shows all. Whether caching is on, this log does not tell.',
			};

/** Of lines that no format knows. */
const judgeForm = (form: LineForm): Verdict => {
	if (form.kind === 'table') {
		return {
			says: `It is ${lineFormWords(form)}, none of which is known to count input tokens.`,
			next: lineFormStep(form),
		};
	}
	return {says: `Its lines look like ${lineFormWords(form)}. ${readsWords}`, next: lineFormStep(form)};
};

const judge = (log: ExaminedLog, pattern: string | undefined): Verdict => {
	const {kinds, reading} = log;
	const {facts, format, form} = reading;
	if (facts.lines === 0) {
		return {says: 'It is empty.', next: 'hitrate reads it as soon as something is written to it.'};
	}
	if (pattern !== undefined) {
		return {
			says: 'None of its lines matches --pattern.',
			next: 'Hold the pattern against a line: it has to match within the first 16 KB, and the groups read, write, uncached and prompt have to be numbers.',
		};
	}
	if (kinds?.liteLlmProxy) {
		return {
			says: "It is a LiteLLM proxy's own log, which does not tell what a call used.",
			next: 'Let a callback of the proxy write its standard_logging_object, one JSON line a call (see the readme), or read its database: hitrate postgres://….',
		};
	}
	if (kinds?.mentions && format !== 'csv') {
		return judgeMentions(kinds.mentions);
	}
	if (format === 'agentpress' || form?.kind === 'backend') {
		return judgeBackend(log);
	}
	if (format !== undefined) {
		return judgeKnown(log);
	}
	return judgeForm(form ?? {kind: 'text'});
};

/** Of a log that reports what several calls used together. */
const sumsAlone = ({reading: {facts, sums}}: ExaminedLog): Finding => ({
	id: 'sums-only',
	severity: 'hint',
	says: `${facts.log.name} has ${plural(sums.length, 'sum')} of calls and no single call. The report lists what they add up to; they are in no rate and no break.`,
	next: undefined,
});

/** The log contains no request. */
export const noCacheLines: Check = ({logs, whole, neighbours, problems, pattern, now}) => {
	const unread = new Set(problems.map(({name}) => name));
	if (whole.total > 0 || logs.length === 0) {
		return [];
	}
	const found: Finding[] = logs
		.filter(({reading}) => !unread.has(reading.facts.log.name))
		.map(log => {
			if (log.reading.sums.length > 0) {
				return sumsAlone(log);
			}
			const {says, next} = judge(log, pattern);
			return {
				id: 'no-cache-lines',
				severity: 'problem',
				says: `No requests in ${log.reading.facts.log.name} (${describeLog(log, now)}). ${says}`,
				next,
			};
		});
	for (const neighbour of neighbours.filter(({holdsCacheLines}) => holdsCacheLines).slice(0, 3)) {
		found.push({
			id: 'other-log',
			severity: 'hint',
			says: `In the same folder: ${neighbour.path}, ${formatBytes(neighbour.size)}, written ${sayAge(neighbour.modified, now)}, and it holds requests.`,
			next: `Run: hitrate ${neighbour.path}`,
		});
	}
	return found;
};
