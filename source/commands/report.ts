import process from 'node:process';
import {formatOf, renderExport, writeWhole} from '../output/export.js';
import {sanitize} from '../output/sanitize.js';
import {toText} from '../output/text.js';
import type {Options} from './options.js';
import {print, textOptions} from './print.js';
import {readWindow} from './read-window.js';

/** `hitrate report`: everything once, on standard output and in the files that `--export` names. */
export const report = async (options: Options): Promise<number> => {
	const exports = options.exports.map(path => ({path, format: formatOf(path)}));
	const formats = [...exports.map(({format}) => format), ...(options.json ? (['json'] as const) : [])];
	// Single requests are in files alone; the text is made of sums, which a store has ready.
	const lists = formats.some(format => (format === 'json' ? options.events : format === 'csv' && !options.groupBy));
	const threads = formats.length > 0 || options.groupBy === 'thread';
	const read = await readWindow(options, 'report', {...(!lists && {most: 0}), ...(!threads && {mostThreads: 0})});
	if (!read) {
		return 3;
	}
	const files = exports.filter(({path}) => path !== '-');
	for (const {path, format} of files) {
		await writeWhole(path, renderExport(format, read.report, read.context), {exclusive: false});
	}
	// JSON where it was asked for on standard output, and then nothing else there; the text otherwise.
	await print(
		options.json || files.length < exports.length
			? renderExport('json', read.report, read.context)
			: toText(read.report, read.context, textOptions(options)),
	);
	for (const {path} of files) {
		process.stderr.write(`hitrate: wrote ${sanitize(path)}\n`);
	}
	return 0;
};
