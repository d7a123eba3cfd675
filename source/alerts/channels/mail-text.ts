import {sanitize} from '../../text/sanitize.js';
import {type Alert, alertFigures, deliveryOf, headline, sentenceText, summaryText} from '../alert.js';

/** Maximum columns of a subject; mail programs cut longer ones. */
const longestSubject = 150;
const mostChecks = 20;

const signs: Readonly<Record<string, string>> = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;'};
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, sign => signs[sign] ?? sign);

/** The subject of a mail about an alert, in one line. */
export const mailSubject = (alert: Alert): string =>
	sanitize(`${headline(alert)}: ${summaryText(alert)}`, {columns: longestSubject});

const partsOf = (alert: Alert) => {
	const shown = alert.verdicts.slice(0, mostChecks);
	return {
		sentences: shown.map(({text}) => sentenceText(text)),
		causes: [...new Set(shown.flatMap(({cause}) => (cause === undefined ? [] : [sentenceText(cause)])))],
		figures: alertFigures(alert.report),
		footer: `${new Date(alert.time).toISOString().slice(0, 16).replace('T', ' ')} UTC, ${deliveryOf(alert)}`,
	};
};

/** The mail as plain text. */
export const mailText = (alert: Alert): string => {
	const {sentences, causes, figures, footer} = partsOf(alert);
	const widest = Math.max(...figures.map(({name}) => name.length));
	return [
		headline(alert),
		'',
		...sentences.map(text => `${text}.`),
		...causes.map(cause => `Likeliest cause: ${cause}.`),
		'',
		...figures.map(({name, value}) => `${name.padEnd(widest)}  ${value}`),
		'',
		footer,
		'',
	].join('\n');
};

/** The mail as HTML. Sets no colours, since mail programs may be in dark mode. */
export const mailHtml = (alert: Alert): string => {
	const {sentences, causes, figures, footer} = partsOf(alert);
	const rows = figures.map(
		({name, value}) =>
			`<tr><td style="padding:2px 16px 2px 0">${escapeHtml(name)}</td><td><b>${escapeHtml(value)}</b></td></tr>`,
	);
	return [
		'<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"></head>',
		'<body style="font-family:system-ui,sans-serif">',
		`<h2>${escapeHtml(headline(alert))}</h2>`,
		...sentences.map(text => `<p><b>${escapeHtml(text)}.</b></p>`),
		...causes.map(cause => `<p>Likeliest cause: ${escapeHtml(cause)}.</p>`),
		`<table>${rows.join('')}</table>`,
		`<p><small>${escapeHtml(footer)}</small></p>`,
		'</body></html>',
		'',
	].join('\n');
};
