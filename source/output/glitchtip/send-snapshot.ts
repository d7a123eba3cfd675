import {messagePrefix, ownWriter} from '../../formats/glitchtip/event.js';
import type {OutgoingEvent} from '../../glitchtip/envelope.js';
import {sendEnvelope} from '../../glitchtip/send-envelope.js';
import type {Report} from '../../metrics/report.js';
import {ratio} from '../../metrics/summary.js';
import {sanitize} from '../../text/sanitize.js';
import {instant, percentage} from '../json/json-values.js';
import {windowContext} from './window-context.js';

/** What an API takes in one request. */
const maximalBlocks = 4;

const rounded = (value: number | undefined): number | null => (value === undefined ? null : Math.round(value));

const sum = (values: readonly (number | undefined)[]): number | undefined =>
	values.some(value => value !== undefined)
		? values.reduce<number>((total, value) => total + (value ?? 0), 0)
		: undefined;

/** What requests marked for caching: of those that marked anything, the average. */
const marks = ({blocks, summary: {planned}}: Report) => {
	const marking = planned.hits;
	const [system, conversation] = [true, false].map(isSystem =>
		sum(blocks.usage.filter(({number}) => (number === 1) === isSystem).map(({tokens}) => tokens)),
	);
	const perRequest = (total: number | undefined) => rounded(total === undefined ? undefined : ratio(total, marking));
	const marked = ratio(sum(blocks.usage.map(({requests}) => requests)) ?? 0, marking);
	const used = rounded(marking === 0 && planned.misses > 0 ? 0 : marked);
	return {
		blocks_used: used,
		max_blocks: maximalBlocks,
		system_tokens: perRequest(system),
		conversation_tokens: perRequest(conversation),
		total_tokens: perRequest(sum([system, conversation])),
		cache_breakpoints: used,
	};
};

/**
 * A window in the shape of the events that the backend sends for each call, so that what shows those shows it: tokens
 * and blocks are averages of the requests that marked any, rates are those of the window, n/a is null.
 */
export const snapshotEvent = (report: Report, title: string): OutgoingEvent => {
	const {summary, models, window, generatedAt} = report;
	const marked = marks(report);
	const rate = percentage(summary.hitRate);
	const known = (value: number | null, digits = 0) => (value === null ? 'n/a' : value.toFixed(digits));
	return {
		identity: `snapshot ${title} ${window.name} ${generatedAt}`,
		time: generatedAt,
		level: 'info',
		message: `${messagePrefix}${known(marked.blocks_used)}/${marked.max_blocks} blocks, ${known(marked.cache_breakpoints)} breakpoints, ${known(rate, 1)}${rate === null ? '' : '%'} hit rate`,
		fingerprint: ['hitrate', 'snapshot', title],
		tags: {source: sanitize(title, {columns: 100}), window: window.name},
		contexts: {
			cache_metrics: {
				...marked,
				total_messages: null,
				cache_hit_rate_percent: rate,
				estimated_savings_percent: percentage(summary.money.savingsRate),
				model: models[0]?.name ?? null,
				timestamp: instant(generatedAt),
				writer: ownWriter,
				basis: summary.basis ?? null,
				requests: summary.requests,
			},
			cache_window: windowContext(report),
		},
	};
};

/**
 * Sends the figures of a window as an event. Rejects as `sendEnvelope` does.
 * @param title the sources as a person calls them
 */
export const sendSnapshot = async (dsn: string, report: Report, title: string): Promise<void> => {
	await sendEnvelope(dsn, snapshotEvent(report, title));
};
