import process from 'node:process';
import {type DatedFolder, datedFolderOf, writeDated} from '../output/export/dated-export.js';
import {type ExportFormat, formatOf, renderExport} from '../output/export/export.js';
import {toText} from '../output/text/text.js';
import type {Options} from '../session/options.js';
import {writeWhole} from '../system/write-whole.js';
import {sanitize} from '../text/sanitize.js';
import {print, textOptions} from './print.js';
import {type ReadWindow, readWindow} from './reading/read-window.js';

/** Number of threads read for a report without a list of them; half of them are those that lost the most tokens. */
const mostLosersRead = 20;

/** A destination of the report: a file, a folder with one file per day, or standard output. */
type Target = {readonly path: string; readonly format: ExportFormat | 'svg'; readonly folder: DatedFolder | undefined};

const targetOf = (path: string): Target => {
	const folder = datedFolderOf(path);
	const format = folder?.format ?? (/\.svg$/i.test(path) ? 'svg' : formatOf(path));
	return {path, format, folder};
};

/** `hitrate report`: writes a report to standard output and to the files of `--export`. */
export const report = async (options: Options): Promise<number> => {
	const targets = options.exports.map(targetOf);
	const read = await readWindow(options, 'report', wantedFor(targets, options));
	// The JSON itself reports why it is empty.
	if (!read.readAny && !options.json) {
		return 3;
	}
	const files = targets.filter(({path}) => path !== '-');
	const written: string[] = [];
	for (const target of files) {
		written.push(await write(target, read, options));
	}
	const exitCode = read.readAll ? 0 : 3;
	if (options.quiet) {
		return exitCode;
	}
	// JSON on standard output if requested, and then nothing else; text otherwise.
	await print(
		options.json || files.length < targets.length
			? renderExport('json', read.report, read.context)
			: toText(read.report, read.context, textOptions(options)),
	);
	for (const path of written) {
		process.stderr.write(`hitrate: wrote ${sanitize(path)}\n`);
	}
	return exitCode;
};

/**
 * What the report has to list. Only some formats list single requests and all threads; the others need sums, which are
 * faster, and the threads that lost the most.
 */
const wantedFor = (targets: readonly Target[], {json, events, groupBy}: Options) => {
	const formats = [...targets.map(({format}) => format), ...(json ? (['json'] as const) : [])];
	const lists = formats.some(format => (format === 'json' ? events : format === 'csv' && !groupBy));
	const threads = groupBy === 'thread' || formats.some(format => format !== 'html' && format !== 'svg');
	return {...(!lists && {most: 0}), ...(!threads && {mostThreads: mostLosersRead})};
};

const write = async ({path, format, folder}: Target, read: ReadWindow, options: Options): Promise<string> => {
	const content = await render(format, read, options);
	if (!folder) {
		await writeWhole(path, content, {exclusive: false});
		return path;
	}
	const {generatedAt: time} = read.report;
	return (await writeDated({...folder, content, time, zone: options.zone, keep: options.keepFiles})).path;
};

const render = async (
	format: Target['format'],
	{report: made, context, title}: ReadWindow,
	{theme, ascii}: Options,
): Promise<string> => {
	if (format !== 'svg') {
		return renderExport(format, made, context);
	}
	const [{screenshotOf}, {firstTheme, themes}] = await Promise.all([
		import('../screen/view/screenshot.js'),
		import('../screen/theme.js'),
	]);
	return screenshotOf(made, context, {title, unicode: !ascii, theme: themes[firstTheme(true, theme, undefined)]});
};
