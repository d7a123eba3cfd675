import type {LogReading} from '../../ingest/log-reading.js';
import {suspectsOf} from '../../metrics/breaks/suspects/suspicious.js';
import {assumption} from '../../metrics/money/what-if.js';
import type {Report} from '../../metrics/report/report.js';
import {byText} from '../../text/by-text.js';
import {escapeHarmful} from '../../text/sanitize.js';
import {type OutputContext, skippedLines} from '../context.js';
import {eventFigures, evidenceFigures} from '../evidence/json.js';
import {sumsOf} from '../rows/sums.js';
import {
	breakFigures,
	coldFigures,
	coldGroupFigures,
	coreFigures,
	costPartFigures,
	figures,
	filterFigures,
	groupFigures,
	moreFigures,
	policyFigures,
	smallLossFigures,
	sumFigures,
	warmFigures,
	windowFigures,
} from './figures.js';
import {type RequestRow, rowsOf} from './request-row.js';
import type {EventJson} from './schema/event.js';
import type {ReportJson} from './schema/report.js';
import {schemaVersion} from './schema-version.js';
import {decimal, dollars, instant, orNull, percentage, requestInstant} from './values.js';

/** The report as plain data. Text from logs is unchanged here; `jsonText` escapes what could harm a terminal. */
export const toJson = (report: Report, context: OutputContext): ReportJson => {
	const {summary, window, blocks} = report;
	return {
		...coreFigures(summary),
		blocks_usage: Object.fromEntries(blocks.usage.map(({number, requests}) => [String(number), requests])),
		generated_at: instant(report.generatedAt),
		schema_version: schemaVersion,
		basis: orNull(summary.basis),
		window: windowFigures(window, context.zone),
		filter: filterFigures(report.filter),
		...moreFigures(summary),
		models: report.models.map(groupFigures),
		threads: report.threads.map(groupFigures),
		// `serve` lists only notable and recent entries; a report lists all.
		left_out: {
			threads: report.threadCount - report.threads.length,
			events: context.events === false ? report.count : report.count - report.requests.length,
			sources: report.sourceCount - report.sources.length,
			projects: report.projectCount - report.projects.length,
			hosts: report.hostCount - report.hosts.length,
		},
		projects: report.projects.map(coldGroupFigures),
		agents: report.agents.map(coldGroupFigures),
		providers: report.providers.map(groupFigures),
		hosts: report.hosts.map(groupFigures),
		sources: report.sources.map(groupFigures),
		blocks: blocksJson(report),
		breaks: {...breakFigures(report.breaks, summary), ...evidenceFigures(report.evidence)},
		small_losses: smallLossFigures(report.smallLosses, summary),
		small_losses_automatic: smallLossFigures(report.smallLossesAutomatic, summary),
		cold_starts: coldFigures(report.coldStarts),
		cost_parts: report.costParts ? costPartFigures(report.costParts) : null,
		warm: warmFigures(report.warm),
		what_if: report.whatIf ? policyFigures(report.whatIf) : null,
		what_if_assumption: report.whatIf ? assumption : null,
		recommendations: report.recommendations.map(({id, severity, evidence, action, ...worth}) => ({
			id,
			severity,
			evidence,
			action,
			cost: dollars(worth.cost),
			worth_per_day: dollars(worth.worthPerDay),
			worth_per_month: dollars(worth.worthPerMonth),
		})),
		series: report.series.map(point => ({
			time: instant(point.time),
			total_events: point.requests,
			cache_hits: point.hits,
			hit_rate: percentage(point.hitRate),
			token_hit_rate: percentage(point.tokenHitRate),
			savings: dollars(point.netSavings),
		})),
		marks: report.marks.map(({name, time}) => ({name, time: instant(time)})),
		previous: previousJson(report),
		comparison: context.against === undefined ? null : sideJson(context.against, context.zone),
		logs: inNameOrder(context.readings).map(({facts, format}) => ({
			name: facts.log.name,
			format: orNull(format),
			bytes: facts.size,
			lines: facts.lines,
			modified: facts.modified === undefined ? null : instant(facts.modified),
		})),
		sums: sumsOf(context.readings).map(sumFigures),
		skipped: skippedLines(context.readings),
		problems: context.problems.map(({kind, name, message, count}) => ({kind, name, message, count})),
		...(context.events === false ? {} : {cache_events: eventsOf(report, context)}),
	};
};

/** The order in which logs are read depends on what changed last, and on what is kept of them. */
const inNameOrder = (readings: readonly LogReading[]): readonly LogReading[] =>
	readings.toSorted((one, other) => byText(one.facts.log.name, other.facts.log.name));

const blocksJson = ({blocks}: Report) => ({
	usage: blocks.usage.map(block => ({
		number: block.number,
		requests: block.requests,
		share: percentage(block.share),
		tokens: orNull(block.tokens),
		average_tokens: decimal(block.averageTokens),
		series: block.series,
	})),
	at_limit: blocks.atLimit,
	below_minimum: blocks.belowMinimum ?? null,
	too_small: blocks.tooSmall,
	unsupported: blocks.unsupported,
	reused: blocks.reused,
});

const previousJson = ({previous, window}: Report) =>
	previous
		? {
				from: instant(window.from - (window.to - window.from)),
				to: instant(window.from),
				basis: orNull(previous.summary.basis),
				...figures(previous.summary),
				breaks: breakFigures(previous.breaks, previous.summary),
			}
		: null;

const sideJson = (side: Report, zone: string) => ({
	window: windowFigures(side.window, zone),
	filter: filterFigures(side.filter),
	basis: orNull(side.summary.basis),
	...figures(side.summary),
	cost_parts: side.costParts ? costPartFigures(side.costParts) : null,
	cold_starts: coldFigures(side.coldStarts),
	breaks: breakFigures(side.breaks, side.summary),
});

/** `cache_events` has `total_events` entries. */
const eventsOf = (report: Report, {prices}: OutputContext) => rowsOf(report, prices).map(eventJson);

const eventJson = ({request, type, tokens, block, cost, lost}: RequestRow): EventJson => ({
	type,
	tokens: orNull(tokens),
	block: orNull(block),
	timestamp: requestInstant(request.time),
	id: request.id,
	thread: orNull(request.thread),
	project: orNull(request.project),
	branch: orNull(request.branch),
	source: request.source,
	line: orNull(request.line),
	host: orNull(request.host),
	agent: orNull(request.agent),
	provider: orNull(request.provider),
	model: orNull(request.model),
	uncached: orNull(request.usage?.uncached),
	cache_read: orNull(request.usage?.cacheRead),
	cache_write_5m: orNull(request.usage?.cacheWrite5m),
	cache_write_1h: orNull(request.usage?.cacheWrite1h),
	output: orNull(request.usage?.output),
	accuracy: orNull(request.usage?.accuracy),
	original_cost: dollars(cost?.withoutCache),
	cached_cost: dollars(cost?.withCache),
	savings: dollars(cost?.savings),
	output_cost: dollars(cost?.output),
	lost_tokens: orNull(lost?.lostTokens),
	lost_cost: dollars(lost?.lostCost),
	cause: orNull(lost?.cause),
	cause_detail: orNull(lost?.detail),
	suspects: lost ? eventFigures(suspectsOf(request)) : null,
	provisional: lost?.provisional ?? false,
});

/**
 * Formats JSON with one key per line and, in lists, one entry per line, so that it can be read and searched by line.
 * Throws a RangeError if the text is longer than a JavaScript string can be (about 500 MB).
 */
export const jsonText = (json: Readonly<Record<string, unknown>>): string => {
	const lines = Object.entries(json).map(([key, value]) => `  ${JSON.stringify(key)}: ${valueText(value)}`);
	return `{\n${lines.join(',\n')}\n}\n`;
};

const valueText = (value: unknown): string =>
	Array.isArray(value) && value.length > 0
		? `[\n${value.map(entry => `    ${entryText(entry)}`).join(',\n')}\n  ]`
		: entryText(value);

/** Compact JSON has no such characters outside of strings, so all matches are inside one. */
const entryText = (value: unknown): string => escapeHarmful(JSON.stringify(value));
