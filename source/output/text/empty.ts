import {isEmptyFilter} from '../../metrics/filter.js';
import {isSinceMark} from '../../metrics/marks.js';
import {plural} from '../../metrics/number-words.js';
import type {Report} from '../../metrics/report/report.js';
import {sanitize} from '../../text/sanitize.js';
import {wrap} from '../../text/wrap.js';
import type {OutputContext} from '../context.js';
import {lineFormWords} from '../line-form-words.js';
import {formatBytes, formatTime} from '../numbers.js';
import type {Drawing} from './drawing.js';

const mostLogs = 8;

/** Wraps a paragraph. Further lines of a list entry are indented to its text, not to its bullet. */
const hanging = (text: string, columns: number): readonly string[] => {
	const bullet = /^[-!] /.exec(text)?.[0] ?? '';
	return wrap(text.slice(bullet.length), columns - bullet.length).map(
		(line, index) => `${index === 0 ? bullet : ' '.repeat(bullet.length)}${line}`,
	);
};

/** Requests outside of an empty window, and how to see them; undefined if there are none. */
const outsideText = ({total, span, untimed, window, filter}: Report, zone: string): string | undefined => {
	if (!span || (window.name === 'all' && isEmptyFilter(filter))) {
		return undefined;
	}
	const reach = `from ${formatTime(span.first, zone, 'date')} to ${formatTime(span.last, zone, 'date')}`;
	if (!isEmptyFilter(filter)) {
		return `${plural(total, 'request')} without the filter and in all windows, ${reach}.`;
	}
	const timed = plural(total - untimed, 'request');
	return isSinceMark(window)
		? `The log has ${timed} at other times, ${reach}, and none since the mark yet.`
		: `${timed} outside of it, ${reach}: --window all shows them.`;
};

/** Shown instead of zeros: what was read, and where there are requests. */
export const emptyLines = (
	report: Report,
	{readings, problems, zone}: OutputContext,
	{columns, ascii}: Drawing,
): readonly string[] => {
	const {untimed, window} = report;
	const clean = (text: string) => sanitize(text, {ascii});
	const logs = readings.slice(0, mostLogs).map(({facts, format, form}) => {
		const found = format ?? (form ? `not recognised: ${clean(lineFormWords(form))}` : 'not recognised');
		const details = [formatBytes(facts.size), plural(facts.lines, 'line'), found];
		return `- ${clean(facts.log.name)}: ${details.join(', ')}`;
	});
	const more = readings.length - logs.length;
	const outside = outsideText(report, zone);
	const isFleet = report.hostsSeen !== undefined;
	const paragraphs = [
		isEmptyFilter(report.filter) ? 'No requests in this window.' : 'No requests in this window match the filter.',
		...(outside === undefined ? [] : [outside]),
		...(untimed > 0 && window.name !== 'all'
			? [`${plural(untimed, 'request')} without a time: only --window all holds ${untimed === 1 ? 'it' : 'them'}.`]
			: []),
		...(readings.length > 0 ? ['Looked at:'] : isFleet ? [] : ['No log was read.']),
		...logs,
		...(more > 0 ? [`- and ${plural(more, 'more log', 'more logs')}`] : []),
		...problems.slice(0, mostLogs).map(({message}) => `! ${clean(message)}`),
		isFleet
			? 'Run hitrate fleet status for details.'
			: readings.some(({facts}) => facts.log.id === '-')
				? 'Run … | hitrate doctor - for details.'
				: 'Run hitrate doctor for details.',
	];
	return ['', ...paragraphs.flatMap(text => hanging(text, columns - 2)).map(line => `  ${line}`)];
};
