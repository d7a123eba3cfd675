import {plural} from '../../metrics/number-words.js';
import type {StoreSummary} from '../../store/sqlite/file/upkeep.js';
import {sanitize} from '../../text/sanitize.js';
import {wrap} from '../../text/wrap.js';
import {formatBytes, formatCount, formatTime} from '../numbers.js';

/** Maximum number of logs listed per store; a folder of transcripts has thousands. */
const mostLogs = 8;

const spanText = ({span}: Pick<StoreSummary, 'span'>, zone: string): string =>
	span ? `, ${formatTime(span.first, zone, 'date')} to ${formatTime(span.last, zone, 'date')}` : '';

const storeLines = (store: StoreSummary, zone: string): readonly string[] => {
	if (store.problem !== undefined) {
		return [`  ${sanitize(store.path)}`, `    ! ${sanitize(store.problem)}`];
	}
	const busiest = [...store.logs].sort((one, other) => other.requests - one.requests);
	const more = busiest.length - mostLogs;
	return [
		...store.sources.map(source => `  ${sanitize(source)}`),
		...(store.readAs === '' ? [] : [`    with ${sanitize(store.readAs)}`]),
		`    ${formatBytes(store.bytes)}, ${plural(store.requests, 'request')}${spanText(store, zone)}`,
		...(store.sources.length === 1 && busiest.length === 1
			? []
			: busiest
					.slice(0, mostLogs)
					.map(log => `    ${sanitize(log.id)}  ${plural(log.requests, 'request')}${spanText(log, zone)}`)),
		...(more > 0 ? [`    and ${formatCount(more)} more logs`] : []),
	];
};

/** The stores on disk, for people. Ends with a line feed. */
export const storesText = (folder: string, stores: readonly StoreSummary[], zone: string): string => {
	const bytes = stores.reduce((sum, store) => sum + store.bytes, 0);
	const lines =
		stores.length === 0
			? [`No stores in ${sanitize(folder)}.`]
			: [
					`${sanitize(folder)}: ${formatBytes(bytes)} in ${plural(stores.length, 'store')}, one for each set of sources that was named.`,
					...stores.flatMap(store => ['', ...storeLines(store, zone)]),
					'',
					...wrap("A log's last request is kept once the log goes on after it; a report may count it already.", 80),
				];
	return `${lines.join('\n')}\n`;
};
