import {isEmptyFilter} from '../../metrics/filter.js';
import type {Report} from '../../metrics/report/report.js';
import type {Status} from '../../metrics/report/summary.js';
import {headPairs} from '../comparison/pairs.js';
import type {OutputContext} from '../context.js';
import {formatTime} from '../numbers.js';
import {answerPhrase, basisPhrase, title as defaultTitle, filterPhrase, windowPhrase} from '../phrases.js';
import {priceNote} from '../rows/rows.js';
import {changeOf} from './changes.js';
import {html, Markup} from './markup.js';
import {detailSections, summarySections} from './sections.js';
import {style} from './style.js';

/** The parts of a page that exist only if a server renders it. */
export type Live = {
	/** Seconds between reloads. */
	readonly every: number;
	/** Other windows and other paths of the server. */
	readonly links: readonly {readonly name: string; readonly href: string; readonly isCurrent: boolean}[];
};

const navigation = ({links}: Live): Markup =>
	html`<nav>${links.map(({name, href, isCurrent}) => html`<a href="${href}"${isCurrent ? html` aria-current="page"` : undefined}>${name}</a> `)}</nav>
`;

/**
 * The report as one HTML file for people who do not use hitrate. It loads nothing, runs no script, can be mailed and
 * printed, and contains no single requests.
 */
export const toHtml = (report: Report, context: OutputContext, live?: Live): string => {
	const {subject, title = defaultTitle} = context;
	const window = windowPhrase(report, context.zone);
	const filter = filterPhrase(report.filter);
	const about = [
		...(subject === undefined ? [] : [`Logs: ${subject}`]),
		`Window: ${window}`,
		...(filter === undefined ? [] : [`Only ${filter}`]),
		`Basis: ${basisPhrase(report.summary.basis)}`,
	];
	const page = html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
<meta name="referrer" content="no-referrer"/>
${
	live &&
	html`<meta http-equiv="refresh" content="${live.every}"/>
`
}<title>${[title, subject, report.window.name].filter(text => text !== undefined).join(' · ')}</title>
<style>${new Markup(style)}</style>
</head>
<body>
<main>
<div class="summary">
<header>
<h1>${title}</h1>
<p class="answer">${answerPhrase(report)}</p>
${about.map(text => html`<p>${text}</p>\n`)}${live && navigation(live)}</header>
${report.count === 0 ? nothing(report) : [cards(report), ...summarySections(report)]}</div>
${report.count === 0 ? undefined : detailSections(report, context)}
<footer>
<p>${notes(report, context)}</p>
</footer>
</main>
</body>
</html>
`;
	return page.text;
};

const nothing = ({filter}: Report): Markup =>
	html`<section><p>${
		isEmptyFilter(filter) ? 'No requests in this window.' : 'No requests in this window match the filter.'
	}</p></section>`;

const statusKinds: Readonly<Record<Status, string>> = {Excellent: 'good', Good: 'good', Fair: 'warning', Poor: 'bad'};

/** The headline figures, each with its change. */
const cards = (report: Report): Markup => {
	const {status} = report.summary;
	return html`<div class="cards">
${headPairs(report, report.previous)
	.slice(0, 5)
	.map(pair => {
		const isLoss = pair.label === 'Net savings' && (pair.now ?? 0) < 0;
		const change = changeOf(pair);
		const word =
			pair.label === 'Hit rate' && status ? html`<span class="${statusKinds[status]}">${status}</span>` : undefined;
		return html`<div class="card"><p class="quiet">${pair.label}</p><p class="value${isLoss ? ' bad' : ''}">${pair.format(pair.now)}</p><p>${word}${word && change ? ' ' : ''}${change}</p></div>
`;
	})}</div>
`;
};

const notes = ({summary, previous, generatedAt}: Report, {zone}: OutputContext): string =>
	[
		`Made by hitrate, ${formatTime(generatedAt, zone, 'date')} (${zone}).`,
		...(previous ? ['Changes are against the window of the same length just before.'] : []),
		'The token hit rate is tokens read from the cache of all input tokens, written ones included; net savings are what caching saved less what writing the cache cost.',
		priceNote(summary.money) ?? '',
	]
		.filter(text => text !== '')
		.join(' ');
