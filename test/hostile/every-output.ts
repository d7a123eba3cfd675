import {Ajv2020} from 'ajv/dist/2020.js';
import {groupings} from '../../source/metrics/groups.js';
import type {Report} from '../../source/metrics/report/report.js';
import type {Part} from '../../source/metrics/sums/parts.js';
import type {OutputContext} from '../../source/output/context.js';
import {toCsv} from '../../source/output/csv/csv.js';
import {toHtml} from '../../source/output/html/html.js';
import {jsonText, toJson} from '../../source/output/json/json.js';
import schema from '../../source/output/json/schema.json' with {type: 'json'};
import {toMarkdown} from '../../source/output/markdown/markdown.js';
import {countersOf} from '../../source/output/prometheus/counters.js';
import {logGauges, warmGauges, windowGauges} from '../../source/output/prometheus/gauges.js';
import {labelOf} from '../../source/output/prometheus/labels.js';
import {renderMetrics} from '../../source/output/prometheus/prometheus.js';
import {toText} from '../../source/output/text/text.js';
import {screenshotOf} from '../../source/screen/view/screenshot.js';
import {harmIn, notFinite, parseCsv} from './clean.js';
import {elementsOf, parseXml} from './xml.js';

const validate = new Ajv2020({allErrors: true, allowUnionTypes: true}).compile(schema);

const sgr = /\u001B\[[\d;]*m/g;
/** What a spreadsheet takes for a formula. */
const formula = /^\s*[=+\-@\t\r＝＋－＠]/;
const number = /^-?\d+(?:\.\d+)?(?:e[+-]\d+)?$/;
/** A sample of the Prometheus text format. */
const sample =
	/^[a-z_]+(?:\{[a-z_]+="(?:[^"\\\n]|\\[\\"n])*"(?:,[a-z_]+="(?:[^"\\\n]|\\[\\"n])*")*\})? -?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/;
const elements = new Set(['svg', 'rect', 'circle', 'path', 'text', 'g', 'defs', 'pattern']);

const textHarm = (report: Report, context: OutputContext): readonly string[] => [
	...harmIn(toText(report, context)),
	...harmIn(toText(report, context, {colour: true}).replace(sgr, '')),
	...(/^[\n -~]*$/.test(toText(report, context, {ascii: true})) ? [] : ['no ASCII']),
];

const jsonHarm = (report: Report, context: OutputContext): readonly string[] => {
	const json = toJson(report, context);
	const written = jsonText(json);
	const harm = harmIn(written.replaceAll(/\\u[\da-f]{4}/g, '')).filter(found => found !== 'a pile of marks');
	const read: unknown = JSON.parse(written);
	return [
		...harm,
		...notFinite(json),
		...(validate(read) ? [] : [JSON.stringify(validate.errors?.slice(0, 3))]),
		...(JSON.stringify(read) === JSON.stringify(json) ? [] : ['reads back as something else']),
	];
};

const csvHarm = (report: Report, context: OutputContext): readonly string[] =>
	[undefined, ...groupings].flatMap(groupBy => {
		const written = toCsv(report, {...context, groupBy});
		const rows = parseCsv(written);
		const width = rows[0]?.length;
		return [
			...harmIn(written, ['\r', '\n']),
			...rows.filter(row => row.length !== width).map(row => `a row of ${row.length} cells`),
			...rows
				.flat()
				.filter(cell => formula.test(cell) && !number.test(cell))
				.map(cell => `a formula: ${cell}`),
		];
	});

const markdownHarm = (report: Report, context: OutputContext): readonly string[] =>
	[undefined, ...groupings].flatMap(groupBy => {
		const written = toMarkdown(report, {...context, groupBy});
		const outside = written.replaceAll(/(`+)(?!`).+?(?<!`)\1(?!`)/g, '').replaceAll(/\\./g, '');
		return [...harmIn(written), ...(/<script|<img|<a>|\]\(|@everyone/.test(outside) ? ['markup in Markdown'] : [])];
	});

const htmlHarm = (report: Report, context: OutputContext): readonly string[] => {
	const written = toHtml(report, context);
	const found = elementsOf(parseXml(written.replace(/^<!DOCTYPE html>\n/, '')));
	return [
		// The style sheet is ours, tabs and all.
		...harmIn(written.replace(/<style>[^<]*<\/style>/, '')),
		...found
			.filter(({name}) => ['script', 'img', 'image', 'a', 'iframe', 'object', 'link'].includes(name))
			.map(({name}) => `<${name}> in HTML`),
		...found
			.flatMap(({attributes}) => [...attributes.keys()])
			.filter(name => name.startsWith('on') || name === 'href' || name === 'src')
			.map(name => `${name} in HTML`),
	];
};

const pictureHarm = (report: Report, context: OutputContext): readonly string[] => {
	const title = context.readings[0]?.facts.log.name ?? '';
	return [
		[120, 36, true],
		[60, 16, false],
	].flatMap(([columns, rows, unicode]) => {
		const svg = screenshotOf(report, context, {
			title,
			columns: Number(columns),
			rows: Number(rows),
			unicode: unicode === true,
		});
		const drawn = elementsOf(parseXml(svg));
		return [
			...harmIn(svg),
			...drawn.filter(({name}) => !elements.has(name)).map(({name}) => `<${name}> in a picture`),
			...drawn
				.flatMap(({attributes}) => [...attributes.values()])
				.filter(value => /NaN|Infinity|undefined/.test(value) || /url\((?!#shade\d-[0-9a-f]{6,8}\))/.test(value)),
		];
	});
};

const metricsHarm = async (
	{summary, warm}: Report,
	{readings, problems}: OutputContext,
	parts: readonly Part[],
): Promise<readonly string[]> => {
	const families = [
		...countersOf(
			parts,
			parts.map(part => ({...part, source: part.lane.model ?? ''})),
			{model: labelOf, source: labelOf},
		),
		...windowGauges([{window: '24h', summary}]),
		...warmGauges(warm),
		...logGauges(readings, problems, labelOf),
	];
	const {text} = await renderMetrics(families, 'prometheus');
	const samples = text.split('\n').filter(line => line !== '' && !line.startsWith('# '));
	return [...harmIn(text), ...samples.filter(line => !sample.test(line)).map(line => `no sample: ${line}`)];
};

/** What is wrong with any output of a report, by the output; only those that something is wrong with. */
export const harmOf = async (
	report: Report,
	context: OutputContext,
	parts: readonly Part[],
): Promise<Readonly<Record<string, readonly string[]>>> => {
	const found = {
		text: textHarm(report, context),
		json: jsonHarm(report, context),
		csv: csvHarm(report, context),
		markdown: markdownHarm(report, context),
		html: htmlHarm(report, context),
		picture: pictureHarm(report, context),
		metrics: await metricsHarm(report, context, parts),
	};
	return Object.fromEntries(
		Object.entries(found)
			.filter(([, harm]) => harm.length > 0)
			.map(([name, harm]) => [name, harm.slice(0, 5).map(text => text.slice(0, 300))]),
	);
};
