import type {Group, GroupBy} from '../../metrics/groups.js';
import {assumption} from '../../metrics/money/what-if.js';
import {plural} from '../../metrics/number-words.js';
import type {Recommendation, Severity} from '../../metrics/recommendations/recommendation.js';
import type {Report} from '../../metrics/report/report.js';
import {homeFolder} from '../../system/home.js';
import {cutMiddle} from '../../text/cut-middle.js';
import {sanitize} from '../../text/sanitize.js';
import {shortenHome} from '../../text/shorten-home.js';
import {comparisonOf} from '../comparison/comparison.js';
import {headPairs} from '../comparison/pairs.js';
import type {OutputContext} from '../context.js';
import {evidenceMarkup} from '../evidence/html.js';
import {formatCount, formatGap, formatMoney, formatPercent, formatTokens, moneyColumn} from '../numbers.js';
import {breakNotes, knowsBreaks, smallPhrase, smallRows, worthPhrase} from '../phrases.js';
import {coldHead, coldNote, coldRows} from '../rows/cold-rows.js';
import {costLine} from '../rows/cost-line.js';
import {groupHeading, groupsBy, lostColumn, mostGroups, whereLost} from '../rows/group-order.js';
import {whatIfRows} from '../rows/what-if-rows.js';
import {causesChart} from './causes.js';
import {changeTable, comparedTables} from './changes.js';
import {html, type Markup} from './markup.js';
import {table} from './table.js';
import {savingsChart, trendChart} from './trend.js';

const section = (heading: string, body: Markup): Markup => html`<section>
<h2>${heading}</h2>
${body}
</section>
`;

/** What follows the headline figures on the first printed page: where the money went, why, and what to do. */
export const summarySections = (report: Report): readonly Markup[] => [
	...whereMoneyWent(report),
	...(report.breaks.count + smallRows(report).length === 0 ? [] : [section('Why cache was lost', causes(report))]),
	...(report.recommendations.length === 0 ? [] : [section('What to do', advice(report))]),
];

/** The detailed sections, in order. */
export const detailSections = (
	report: Report,
	{zone, groupBy, problems, against}: OutputContext,
): readonly Markup[] => [
	...(against === undefined ? [] : [section('Comparison', comparedTables(comparisonOf(report, against, zone)))]),
	// If a comparison was requested, do not also say that there is no window before.
	...(against && !report.previous ? [] : [section('What changed', changes(report))]),
	section('Trend', trend(report, zone)),
	...(report.breaks.count === 0 ? [] : [section('Where cache was lost', lossDetails(report))]),
	...(report.coldStarts.total === 0 ? [] : [section('Cold starts', coldStarts(report))]),
	...(groupBy === undefined || groupBy === 'model' ? [] : [groupSection(report, groupBy)]),
	groupSection(report, 'model'),
	...(report.whatIf ? [section('What if', whatIf(report.whatIf))] : []),
	...(problems.length === 0 ? [] : [section('Not read', notRead(problems))]),
];

const changes = (report: Report): Markup =>
	report.previous
		? changeTable(headPairs(report, report.previous))
		: html`<p class="quiet">No comparison: there is no data for the window before, or it was measured differently.</p>`;

const trend = (report: Report, zone: string): Markup => {
	const savings = savingsChart(report, zone);
	const each = formatGap(report.sliceWidth).replace(/ 0 (?:min|h)$/, '');
	const hasTokens = report.summary.tokenHitRate !== undefined;
	return html`<figure>
<figcaption>Hit rate (line)${hasTokens ? ', token hit rate (dashed)' : ''} and requests (bars), each point ${each}</figcaption>
${trendChart(report, zone)}
</figure>${
		savings &&
		html`
<figure>
<figcaption>Net savings in dollars, each bar ${each}</figcaption>
${savings}
</figure>`
	}`;
};

const causes = (report: Report): Markup => {
	const {breaks} = report;
	const small = smallPhrase(report);
	const besides =
		small &&
		html`<p class="quiet">${breaks.count === 0 ? 'No breaks' : 'Besides'}: ${small}, too small to be breaks.</p>`;
	if (breaks.count === 0) {
		return html`${besides || undefined}`;
	}
	return html`${causesChart(breaks)}
<p class="quiet">${plural(breaks.count, 'request')} lost ${formatTokens(breaks.lostTokens)} cached tokens${
		breaks.lostCost === undefined ? '' : ` worth ${formatMoney(breaks.lostCost)}`
	}. Causes are inferred unless marked "reported".${breakNotes(breaks).map(note => ` ${note}`)}</p>${besides || undefined}`;
};

/** The projects and threads that lost the most, what happened before breaks, and what survived. */
const lossDetails = (report: Report): Markup =>
	html`${whereLost(report).map(where)}
${evidenceMarkup(report.evidence)}`;

/** The cost with cache as the sum of its parts; nothing if the parts are unknown. */
const whereMoneyWent = (report: Report): readonly Markup[] => {
	const line = costLine(report);
	const paid = formatMoney(report.summary.money.withCache);
	return line === undefined ? [] : [section('Where the money went', html`<p>Input cost ${paid} = ${line}</p>`)];
};

const coldStarts = (report: Report): Markup =>
	html`${table(coldHead, coldRows(report.coldStarts), column => column > 0)}
<p class="quiet">${coldNote}</p>`;

/** The projects, or the threads, that lost the most. */
const where = ({by, groups}: ReturnType<typeof whereLost>[number]): Markup => {
	const costs = moneyColumn(groups.map(({lostCost}) => lostCost));
	return table(
		[`${by[0]?.toUpperCase()}${by.slice(1)}`, 'Times', 'Tokens', 'Cost'],
		groups.map(({name = '', breaks, lostTokens}, index) => [
			shownName(name),
			formatCount(breaks),
			formatTokens(lostTokens),
			costs[index] ?? '',
		]),
		column => column > 0,
	);
};

const severities: Readonly<Record<Severity, {readonly word: string; readonly kind: string}>> = {
	critical: {word: 'Critical', kind: 'bad'},
	warning: {word: 'Warning', kind: 'warning'},
	note: {word: 'Note', kind: 'quiet'},
	good: {word: 'Good', kind: 'good'},
};

const advice = ({recommendations}: Report): Markup => html`<ol>
${recommendations.map(oneAdvice)}</ol>`;

const oneAdvice = ({severity, evidence, action, ...money}: Recommendation): Markup => {
	const {word, kind} = severities[severity];
	const worth = money.cost === undefined ? undefined : html` <strong>${worthPhrase(money)}.</strong>`;
	return html`<li><p><strong class="${kind}">${word}:</strong> ${evidence}</p><p>${withHints(action)}${worth}</p></li>
`;
};

/** Keeps flags and their values on one line, for copying. */
const withHints = (text: string): readonly (string | Markup)[] =>
	text.split(/(--[a-z][\w-]* '[^']*')/).map((piece, index) => (index % 2 === 1 ? html`<code>${piece}</code>` : piece));

const groupSection = (report: Report, by: GroupBy): Markup => {
	const groups = groupsBy(report, by);
	const left = groups.length - mostGroups;
	const rows = table(
		['Name', 'Requests', 'Hit rate', 'Token hit rate', 'Input cost', 'Net savings', 'Lost'],
		groupRows(groups.slice(0, mostGroups), knowsBreaks(report)),
		column => column > 0,
	);
	return section(
		groupHeading(by),
		html`${rows}${left > 0 ? html`<p class="quiet">And ${formatCount(left)} more.</p>` : undefined}`,
	);
};

/** Columns beyond which names are cut in the middle, because paths differ at their ends. */
const widestName = 48;

const shownName = (name: string): string => cutMiddle(shortenHome(sanitize(name), homeFolder()), widestName);

const groupRows = (groups: readonly Group[], isLossKnown: boolean): readonly (readonly string[])[] => {
	const costs = moneyColumn(groups.map(({summary}) => summary.money.withCache));
	const savings = moneyColumn(groups.map(({summary}) => summary.money.netSavings));
	const lost = lostColumn(groups, isLossKnown);
	return groups.map(({name, summary}, index) => [
		name === undefined ? 'n/a' : shownName(name),
		formatCount(summary.requests),
		formatPercent(summary.hitRate),
		formatPercent(summary.tokenHitRate),
		costs[index] ?? '',
		savings[index] ?? '',
		lost[index] ?? '',
	]);
};

const whatIf = (found: NonNullable<Report['whatIf']>): Markup => html`${table(
	['Policy', 'Input cost', ''],
	whatIfRows(found).map(({label, value, note, tone}) => [
		tone === 'good' ? html`<strong>${label}</strong>` : label,
		value,
		note ?? '',
	]),
	column => column === 1,
)}
<p class="quiet">${assumption}</p>`;

const notRead = (problems: OutputContext['problems']): Markup => html`<ul>
${problems.map(({message, count}) => html`<li>${message}${count > 1 ? ` (${plural(count, 'time')})` : ''}</li>\n`)}</ul>`;
