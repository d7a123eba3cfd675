import type {Verdict} from '../alerts/rule.js';
import type {ShippingState} from '../fleet/shipping/shipping-state.js';
import {warmOf} from '../metrics/breaks/warm.js';
import type {Filter} from '../metrics/filter.js';
import type {Wanted} from '../metrics/ledger.js';
import {reportOf} from '../metrics/report/report.js';
import {summaryOf} from '../metrics/report/summary.js';
import {endsQuestion, logNow} from '../metrics/warm-now.js';
import {presetChoice, resolveWindow, type Window} from '../metrics/windows/window.js';
import {toHtml} from '../output/html/html.js';
import {jsonText, toJson} from '../output/json/json.js';
import {countersOf} from '../output/prometheus/counters.js';
import {logGauges, warmGauges, windowGauges} from '../output/prometheus/gauges.js';
import {HeldCounters} from '../output/prometheus/held.js';
import {LabelValues, labelOf} from '../output/prometheus/labels.js';
import {type Family, metricsFormatFor, renderMetrics} from '../output/prometheus/prometheus.js';
import {subjectOf} from '../session/session.js';
import type {Following} from './following.js';
import {tryLater} from './http-error.js';
import type {Answer, Route} from './http-server.js';
import {processFamilies} from './process-families.js';
import {liveFor, readingPage} from './report-page.js';
import {parseReportQuery} from './report-query.js';
import {shippingFamilies} from './shipping-families.js';

/** What the server's responses are made from. */
export type RouteOptions = {
	/** The current sources; they change if the store has to be reopened. */
	readonly following: () => Following;
	/** The state of shipping; undefined if nothing is shipped or shipping has not started. */
	readonly shipping: () => ShippingState | undefined;
	/** The latest verdicts on the rules. */
	readonly verdicts: () => readonly Verdict[];
	/** The filter of the command line. */
	readonly filter: Filter;
	/** IANA name of the zone for times without one. */
	readonly zone: string;
	readonly version: string;
	/** The user's title for the page; undefined for the default. */
	readonly title?: string | undefined;
};

/** Maximum entries per list; a window can hold millions of requests. */
const mostListed = 1000;
/** Maximum models and logs with metrics: each is a dozen series, which Prometheus keeps in memory. */
const mostModels = 30;
const mostLogs = 30;

const always: Window = {from: Number.MIN_SAFE_INTEGER, to: Number.MAX_SAFE_INTEGER, name: 'all'};
const shownWindows = ['1h', '24h'] as const;

/** The server's routes, by path. */
export const routesOf = (options: RouteOptions): ReadonlyMap<string, Route> =>
	new Map<string, Route>([
		['/', {answer: query => pageAnswer(query, options)}],
		[
			'/healthz',
			{
				open: true,
				answer: () => ({type: 'text/plain; charset=utf-8', body: options.following().caughtUp ? 'ok\n' : 'reading\n'}),
			},
		],
		['/metrics', {answer: metricsAnswer(options)}],
		['/api/report', {answer: query => reportAnswer(query, options)}],
	]);

const metricsAnswer = ({following, shipping, verdicts, filter, version}: RouteOptions): Route['answer'] => {
	const models = new LabelValues(mostModels);
	const logs = new LabelValues(mostLogs);
	const held = new HeldCounters();
	const figures = async ({session, logs: readings, problems}: Following): Promise<readonly Family[]> => {
		const {ledger, ingest} = session;
		const now = ingest.now();
		const {answers, overview} = await ledger.ask(({span}) => {
			const lately = (name: (typeof shownWindows)[number]) =>
				({kind: 'parts', window: resolveWindow(presetChoice(name), now, span), filter, by: []}) as const;
			return {
				parts: {kind: 'parts', window: always, filter, by: ['model']},
				sources: {kind: 'sources', window: always, filter, most: Number.POSITIVE_INFINITY},
				ends: endsQuestion(filter, logNow(span, now)),
				'1h': lately('1h'),
				'24h': lately('24h'),
			} as const satisfies Wanted;
		});
		const {parts} = answers;
		const sources = answers.sources.parts;
		const byModel = new Map<string | undefined, number>();
		const bySource = new Map<string | undefined, number>(readings.map(({facts}) => [facts.log.name, 0]));
		for (const {lane, measures} of parts) {
			byModel.set(lane.model, (byModel.get(lane.model) ?? 0) + measures.requests);
		}
		for (const {source, measures} of sources) {
			bySource.set(source, (bySource.get(source) ?? 0) + measures.requests);
		}
		const source = logs.admit(bySource);
		const windows = shownWindows.map(window => ({window, summary: summaryOf(answers[window])}));
		return [
			...held.hold(countersOf(parts, sources, {model: models.admit(byModel), source})),
			...windowGauges(windows),
			...warmGauges(warmOf(answers.ends, logNow(overview.span, now))),
			...logGauges(readings, problems, source),
			verdictGauge(verdicts()),
		];
	};
	return async (_query, headers) => {
		const now = following();
		const isSettled = now.settle();
		// While a history is being read, the counters would grow fast and look like current traffic.
		const families = [
			...(isSettled ? await figures(now) : []),
			{
				name: 'hitrate_caught_up',
				help: 'Whether everything that was there at the start has been read: only then are there figures',
				kind: 'gauge' as const,
				samples: [{labels: {}, value: isSettled ? 1 : 0}],
			},
			...shippingFamilies(shipping()),
			...processFamilies(version),
		];
		const {type, text} = await renderMetrics(families, metricsFormatFor(headers.accept));
		return {type, body: text};
	};
};

const verdictGauge = (verdicts: readonly Verdict[]): Family => ({
	name: 'hitrate_rule_failed',
	help: 'Whether a rule fails; absent where it cannot be judged',
	kind: 'gauge',
	samples: verdicts
		.filter(({state}) => state !== 'unknown')
		.map(({rule, state}) => ({labels: {rule: labelOf(rule)}, value: state === 'failed' ? 1 : 0})),
});

/** The report for a query and the context to render it; undefined during the first reading of the logs. */
const askedReport = async (query: URLSearchParams, {following, filter: usual, zone, title}: RouteOptions) => {
	const {session, logs, problems, settle} = following();
	const {ledger, prices, ingest, marks} = session;
	const now = ingest.now();
	const {window, filter, events} = parseReportQuery(query, now, zone);
	if (!settle()) {
		return undefined;
	}
	const report = await reportOf(ledger, ({span}) => resolveWindow(window, now, span), prices, now, {
		filter: {...usual, ...filter},
		marks: marks(),
		most: events ? mostListed : 0,
		mostThreads: mostListed,
	});
	return {
		report,
		context: {
			zone,
			prices,
			readings: logs,
			problems: [...problems, ...report.problems],
			events,
			title,
			subject: subjectOf(session),
		},
	};
};

const reportAnswer = async (query: URLSearchParams, options: RouteOptions): Promise<Answer> => {
	const asked = await askedReport(query, options);
	if (!asked) {
		throw tryLater(5, 'the logs are still being read');
	}
	return {type: 'application/json; charset=utf-8', body: jsonText(toJson(asked.report, asked.context))};
};

/** The HTML report, which reloads itself. */
const pageAnswer = async (query: URLSearchParams, options: RouteOptions): Promise<Answer> => {
	const asked = await askedReport(query, options);
	const body = asked ? toHtml(asked.report, asked.context, liveFor(query)) : readingPage;
	return {type: 'text/html; charset=utf-8', body, isPage: true};
};
