import {isEmptyFilter} from '../../metrics/filter.js';
import type {Report} from '../../metrics/report/report.js';
import {plural} from '../../metrics/words.js';
import {sanitize} from '../../text/sanitize.js';
import type {OutputContext} from '../context.js';
import {formatBytes, formatTime} from '../numbers.js';
import type {Drawing} from '../picture/drawing.js';
import {wrap} from '../wrap.js';

const mostLogs = 8;

/** Wraps a paragraph; what is left of a list's entry stands under its words, not under its bullet. */
const hanging = (text: string, columns: number): readonly string[] => {
	const bullet = /^[-!] /.exec(text)?.[0] ?? '';
	return wrap(text.slice(bullet.length), columns - bullet.length).map(
		(line, index) => `${index === 0 ? bullet : ' '.repeat(bullet.length)}${line}`,
	);
};

/** What is said instead of zeros: what was looked at, and where there would be something to see. */
export const emptyLines = (
	{total, span, untimed, window, filter}: Report,
	{readings, problems, zone}: OutputContext,
	{columns, ascii}: Drawing,
): readonly string[] => {
	const clean = (text: string) => sanitize(text, {ascii});
	const logs = readings.slice(0, mostLogs).map(({facts, format}) => {
		const details = [formatBytes(facts.size), plural(facts.lines, 'line'), format ?? 'no cache lines recognised'];
		return `- ${clean(facts.log.name)}: ${details.join(', ')}`;
	});
	const more = readings.length - logs.length;
	const filtered = !isEmptyFilter(filter);
	const reach = span && `from ${formatTime(span.first, zone, 'date')} to ${formatTime(span.last, zone, 'date')}`;
	const outside = filtered
		? reach && `${plural(total, 'request')} without the filter and in all windows, ${reach}.`
		: reach && window.name !== 'all'
			? `${plural(total - untimed, 'request')} outside of it, ${reach}: --window all shows them.`
			: undefined;
	const paragraphs = [
		filtered ? 'No requests in this window match the filter.' : 'No requests in this window.',
		...(outside === undefined ? [] : [outside]),
		...(untimed > 0 && window.name !== 'all'
			? [`${plural(untimed, 'request')} without a time: only --window all holds ${untimed === 1 ? 'it' : 'them'}.`]
			: []),
		readings.length === 0 ? 'No log was read.' : 'Looked at:',
		...logs,
		...(more > 0 ? [`- and ${plural(more, 'more log', 'more logs')}`] : []),
		...problems.slice(0, mostLogs).map(({message}) => `! ${clean(message)}`),
		'Run hitrate doctor for details.',
	];
	return ['', ...paragraphs.flatMap(text => hanging(text, columns - 2)).map(line => `  ${line}`)];
};
