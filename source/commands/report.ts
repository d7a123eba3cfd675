import process from 'node:process';
import type {Report} from '../metrics/report.js';
import type {OutputContext} from '../output/context.js';
import {type ExportFormat, formatOf, renderExport, writeWhole} from '../output/export.js';
import {sanitize} from '../output/sanitize.js';
import {toText} from '../output/text.js';
import {detectCapabilities} from '../terminal/capabilities.js';
import type {Options} from './options.js';
import {readAll} from './read-all.js';
import {openSession} from './session.js';

/** `hitrate report`: everything once, on standard output and in the files that `--export` names. */
export const report = async (options: Options): Promise<number> => {
	const exports = options.exports.map(path => ({path, format: formatOf(path)}));
	const session = await openSession(options);
	const {ingest, report: reportFor, readAny} = await readAll(session);
	const {readings, problems} = ingest;
	for (const {message} of problems) {
		process.stderr.write(`hitrate: ${sanitize(message)}\n`);
	}
	if (session.sources.length === 0 && problems.length === 0) {
		process.stderr.write(
			`hitrate: found no log. Looked at: ${session.lookedAt.join(', ')}. Name one, as in: hitrate report path/to/worker.log\n`,
		);
	}
	if (!readAny) {
		return 3;
	}
	const window = reportFor(options.window ?? {kind: 'all'});
	const context: OutputContext = {
		zone: options.zone,
		prices: session.prices,
		readings,
		problems,
		events: options.events,
	};
	for (const {path, format} of exports.filter(({path}) => path !== '-')) {
		await writeWhole(path, renderExport(format, window, context), {exclusive: false});
	}
	await writeOut(output(options, window, context, exports));
	for (const {path} of exports.filter(({path}) => path !== '-')) {
		process.stderr.write(`hitrate: wrote ${sanitize(path)}\n`);
	}
	return 0;
};

/** JSON where it was asked for on standard output, and then nothing else; the text otherwise. */
const output = (
	options: Options,
	window: Report,
	context: OutputContext,
	exports: readonly {readonly path: string; readonly format: ExportFormat}[],
): string => {
	if (options.json || exports.some(({path}) => path === '-')) {
		return renderExport('json', window, context);
	}
	const can = detectCapabilities({
		env: process.env,
		output: process.stdout,
		platform: process.platform,
		noColor: !options.colour,
		ascii: options.ascii,
	});
	return toText(window, context, {
		ascii: !can.unicode,
		colour: can.colour,
		columns: process.stdout.columns ?? 80,
	});
};

/** Waits until a slow reader has taken everything. */
const writeOut = async (text: string): Promise<void> => {
	await new Promise<void>(resolve => {
		process.stdout.write(text, () => resolve());
	});
};
