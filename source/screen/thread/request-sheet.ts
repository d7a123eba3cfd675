import {suspectsOf} from '../../metrics/breaks/suspects/suspicious.js';
import type {ModelPrices, PriceList} from '../../metrics/money/pricing.js';
import type {Report} from '../../metrics/report/report.js';
import {eventsText} from '../../output/evidence/phrases.js';
import {formatCount, formatGap, formatMoney, formatTime} from '../../output/numbers.js';
import {logPlace} from '../../output/phrases.js';
import {type Request, type Usage, untimed, writtenTokens} from '../../request.js';
import {sanitize} from '../../text/sanitize.js';
import type {CoverText} from '../page-parts.js';
import {breakSentence} from '../presentation/cause-words.js';
import {threadName} from '../presentation/thread-names.js';
import {flow} from '../text/flow.js';
import {type Line, muted, padEnd, primary, space, strong, styledAs} from '../text/line.js';
import {priceSteps} from './price-steps.js';
import type {ThreadView} from './thread-view.js';

const labelColumns = 14;
const indent = 2;

const fact = (label: string, value: string | undefined, columns: number): readonly Line[] =>
	value === undefined || value === ''
		? []
		: flow(primary(value), Math.max(1, columns - labelColumns)).map((row, index) => [
				...padEnd(index === 0 ? muted(label) : [], labelColumns),
				...row,
			]);

const section = (title: string, lines: readonly Line[]): readonly Line[] =>
	lines.length === 0
		? []
		: [[...styledAs('text.title', title)], ...lines.map((line): Line => [...space(indent), ...line]), []];

/** Names from a log, made safe to print. */
const clean = (text: string | undefined): string | undefined => text && sanitize(text);

const namesOf = (values: object | undefined): string =>
	Object.entries(values ?? {})
		.map(([name, value]) => `${name} ${sanitize(String(value))}`)
		.join(', ');

const identity = (request: Request, timeZone: string, columns: number): readonly Line[] => [
	...fact(
		'time',
		request.time === untimed
			? 'not in the log'
			: `${formatTime(request.time, timeZone, 'date').slice(0, -5)}${formatTime(request.time, timeZone, 'clock')}`,
		columns,
	),
	...fact(
		'took',
		request.start === undefined || request.time === request.start ? '' : formatGap(request.time - request.start),
		columns,
	),
	...fact('model', clean(request.model), columns),
	...fact('provider', clean(request.provider), columns),
	...fact('thread', clean(request.thread), columns),
	...fact('agent', clean(request.agent), columns),
	...fact('project', clean(request.project), columns),
	...fact('branch', clean(request.branch), columns),
	...fact('client', clean(request.client), columns),
	...fact('host', clean(request.host), columns),
	...fact('log', logPlace(request), columns),
	...fact('request', clean(request.id), columns),
	...fact('settings', namesOf(request.settings), columns),
];

const planOf = ({plan}: Request, columns: number): readonly Line[] => {
	if (!plan) {
		return [];
	}
	const tokens = (count: number | undefined) => (count === undefined ? 'tokens n/a' : `${formatCount(count)} tokens`);
	return [
		...(plan.unsupported ? [muted('the application knows that this model does not cache')] : []),
		...plan.blocks.flatMap(block =>
			fact(
				`block ${formatCount(block.number)}`,
				`${tokens(block.tokens)}${block.reused ? ', used again' : ''}`,
				columns,
			),
		),
		...plan.skipped.flatMap(skipped =>
			fact('not marked', `${skipped.part}, ${tokens(skipped.tokens)}: too small`, columns),
		),
	];
};

const tokensOf = ({usage}: Request, columns: number): readonly Line[] =>
	usage === undefined
		? [muted('no usage in the log')]
		: [
				...fact('read', usage.cacheUnknown ? 'not in the log' : formatCount(usage.cacheRead), columns),
				...fact('written', formatCount(writtenTokens(usage)), columns),
				...fact('uncached', formatCount(usage.uncached), columns),
				...fact('output', formatCount(usage.output), columns),
				...fact('accuracy', usage.accuracy, columns),
			];

const priceOf = (request: Request, usage: Usage, price: ModelPrices, columns: number): readonly Line[] => [
	...priceSteps(usage, price, columns),
	...fact('prices', sanitize(price.from), columns),
	...fact('factors', namesOf(request.priceFactors), columns),
	...(usage.accuracy === 'exact' ? [] : fact('usage', usage.accuracy, columns)),
];

const lossOf = (view: ThreadView, request: Request, columns: number): readonly Line[] => {
	const found = view.lostBy(request);
	const events = suspectsOf(request);
	const before = events.length === 0 ? [] : fact('before it', eventsText(events), columns);
	if (!found) {
		return before;
	}
	return [
		...flow(strong(breakSentence(found)), columns),
		...fact(
			'lost',
			`${formatCount(found.lostTokens)} tokens: ${formatMoney(found.lostCost)} more than reading them`,
			columns,
		),
		...before,
	];
};

/** One request of a thread: all its numbers, and how its price is computed. */
export const requestSheet = (
	view: ThreadView,
	request: Request,
	{
		report,
		timeZone,
		prices,
	}: {readonly report: Report; readonly timeZone: string; readonly prices: PriceList | undefined},
	columns: number,
): CoverText => {
	const room = columns - indent;
	const {usage} = request;
	const price = usage && prices?.of(request);
	const parts = [
		usage && price
			? section('Price', priceOf(request, usage, price, room))
			: section('Tokens', tokensOf(request, room)),
		section('Cache', lossOf(view, request, room)),
		section('Marked for caching', planOf(request, room)),
		section('Request', identity(request, timeZone, room)),
	].filter(({length}) => length > 0);
	return {
		title: `Request of ${threadName(report, request.thread)}`,
		lines: parts.flat().slice(0, -1),
		sections: parts.map((_, index) => parts.slice(0, index).flat().length),
	};
};
