/** Phrases shared by all reports for people. */
import type {BreakCause, Breaks, SmallLosses} from '../metrics/breaks/breaks.js';
import {type Filter, isEmptyFilter} from '../metrics/filter.js';
import type {Policy} from '../metrics/money/what-if.js';
import {plural} from '../metrics/number-words.js';
import type {Recommendation} from '../metrics/recommendations/recommendation.js';
import type {Report} from '../metrics/report/report.js';
import type {Basis} from '../metrics/report/summary.js';
import type {Request} from '../request.js';
import {sanitize} from '../text/sanitize.js';
import {formatCount, formatMoney, formatPercent, formatTime, formatTokens} from './numbers.js';

/** The title of reports for people, unless the user gives one. */
export const title = 'Prompt cache report';

const basisPhrases: Readonly<Record<Basis, string>> = {
	measured: 'usage reported by the provider (measured)',
	planned: 'what was marked for caching (planned); the log shows no outcome',
};

/** What the figures are based on; undefined is a window without requests. */
export const basisPhrase = (basis: Basis | undefined): string =>
	basis === undefined ? 'n/a, no requests' : basisPhrases[basis];

/**
 * `24h, 21 Nov 2026 14:00 to 22 Nov 2026 14:00 (Europe/Berlin)`: a window's name and its ends; only the ends for a
 * custom range.
 */
export const windowPhrase = ({window: {name, from, to}}: Pick<Report, 'window'>, zone: string): string => {
	const ends = `${formatTime(from, zone, 'date')} to ${formatTime(to, zone, 'date')} (${zone})`;
	// If no request has a time, `all` has no ends.
	return from === to ? name : name === 'custom' ? ends : `${name}, ${ends}`;
};

/** What tells whether breaks can be known; `threads` has to list one if there is only one. */
type BreaksKnownBy = {
	readonly breaks: Pick<Breaks, 'count'>;
	readonly threads: readonly {readonly name: string | undefined}[];
	readonly threadCount: number;
};

/**
 * False if no request of the window names its conversation: then nothing is known of breaks, and no loss of $0 may be
 * claimed. True while the threads are still counted.
 */
export const knowsBreaks = ({breaks, threads, threadCount}: BreaksKnownBy): boolean =>
	// All requests without a conversation count as one thread.
	breaks.count > 0 || threadCount !== 1 || threads.some(({name}) => name !== undefined);

/** `90.6 % hit rate (Excellent), $17.14 saved, $0.68 lost to breaks`: the answer in one line. */
export const answerPhrase = (
	report: Pick<Report, 'summary' | 'breaks' | 'threads' | 'threadCount' | SmallKey>,
): string => {
	const {summary, breaks} = report;
	const {basis, hitRate, status, money} = summary;
	if (basis === undefined) {
		return 'no requests';
	}
	const isPlanned = basis === 'planned';
	const word = [status, isPlanned ? 'planned' : undefined].filter(text => text !== undefined).join(', ');
	const net = money.netSavings;
	return [
		`${formatPercent(hitRate)} hit rate${word === '' ? '' : ` (${word})`}`,
		...(net === undefined
			? []
			: [net < 0 ? `${formatMoney(-net)} net loss` : `${formatMoney(net)} saved${isPlanned ? ' (planned)' : ''}`]),
		...(isPlanned ? [] : [knowsBreaks(report) ? lostPhrase(breaks) : 'breaks not known']),
		...(isPlanned || breaks.count > 0 ? [] : [smallPhrase(report) ?? []].flat()),
	].join(', ');
};

/** `$0.68 lost to 4 breaks`; in tokens if they have no price. */
const lostPhrase = ({count, lostTokens, lostCost}: Breaks): string =>
	count === 0
		? 'nothing lost to breaks'
		: `${lostCost === undefined ? `${formatTokens(lostTokens)} tokens` : formatMoney(lostCost)} lost to ${plural(count, 'break')}`;

type SmallKey = 'smallLosses' | 'smallLossesAutomatic';

/** Losses too small to be breaks, one row for marked and one for automatic caches; only rows with losses. */
export const smallRows = ({
	smallLosses,
	smallLossesAutomatic,
}: Pick<Report, SmallKey>): readonly (SmallLosses & {readonly name: string})[] =>
	[
		{name: 'Small losses', ...smallLosses},
		{name: 'Small losses, automatic caches', ...smallLossesAutomatic},
	].filter(({total}) => total > 0);

/** `$0.02 lost in 12 small losses`; in tokens if they have no price, undefined if there are none. */
export const smallPhrase = (report: Pick<Report, SmallKey>): string | undefined => {
	const rows = smallRows(report);
	const costs = rows.flatMap(({lostCost}) => lostCost ?? []);
	const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
	return rows.length === 0
		? undefined
		: `${costs.length === 0 ? `${formatTokens(sum(rows.map(({lostTokens}) => lostTokens)))} tokens` : formatMoney(sum(costs))} lost in ${plural(sum(rows.map(({total}) => total)), 'small loss', 'small losses')}`;
};

/** Notes on the sums of breaks, one sentence each; empty if there are none. */
export const breakNotes = (breaks: Breaks): readonly string[] => [
	...(breaks.provisional.count === 0
		? []
		: [`${formatCount(breaks.provisional.count)} of them may be a conversation beside it (provisional).`]),
	...unpricedNote(breaks),
];

/** `No price is known for 3 of them (2 expired, 1 unknown): the costs are those of the others.` Empty without costs. */
const unpricedNote = ({count, unpriced, byCause}: Breaks): readonly string[] => {
	const named = byCause
		.filter(cause => cause.unpriced > 0)
		.map(cause => `${formatCount(cause.unpriced)} ${causeNames[cause.cause].toLowerCase()}`);
	return unpriced === 0 || unpriced === count
		? []
		: [
				`No price is known for ${formatCount(unpriced)} of them (${named.join(', ')}): the costs are those of the others.`,
			];
};

/** The cost of breaks in dollars: 0 if nothing was lost, undefined if unknown. */
export const lostMoney = ({lostCost, lostTokens}: Breaks, basis: Basis | undefined): number | undefined =>
	lostCost ?? (basis === 'measured' && lostTokens === 0 ? 0 : undefined);

/** Names of causes in reports. */
export const causeNames: Readonly<Record<BreakCause, string>> = {
	reported: 'Reason reported',
	expired: 'Expired',
	'model-switched': 'Model switched',
	'provider-switched': 'Provider switched',
	rebuilt: 'Rebuilt',
	concurrent: 'Sent at the same time',
	'client-updated': 'Client updated',
	'settings-changed': 'Settings changed',
	'prefix-changed': 'Prefix changed',
	'not-read': 'Not read',
	unknown: 'Unknown',
};

/** `~/.claude/projects/web/645ea3df.jsonl:112`: where a request was read, with the line if known. Safe to print. */
export const logPlace = ({source, line}: Pick<Request, 'source' | 'line'>): string =>
	line === undefined ? sanitize(source) : `${sanitize(source)}:${line}`;

/** `Cost $0.54 here, worth $16.20 a month`. */
export const worthPhrase = ({cost, worthPerMonth}: Pick<Recommendation, 'cost' | 'worthPerMonth'>): string =>
	`Cost ${formatMoney(cost)} in this window${worthPerMonth === undefined ? '' : `, worth ${formatMoney(worthPerMonth)} a month`}`;

/** `model "sonnet", thread "a1b2"`; undefined without a filter. */
export const filterPhrase = (filter: Filter): string | undefined => {
	const {model, project, agent, provider, host, thread, text} = filter;
	return isEmptyFilter(filter)
		? undefined
		: Object.entries({model, project, agent, provider, host, thread, 'any name': text})
				.flatMap(([what, piece]) => (piece ? [`${what} with "${sanitize(piece)}"`] : []))
				.join(', ');
};

/** Names of caching policies in the what-if table. */
export const policyNames: Readonly<Record<Policy, string>> = {
	'as-is': 'Actual',
	'no-cache': 'No cache',
	'five-minutes': '5-minute writes',
	'one-hour': '1-hour writes',
};
