import {extname} from 'node:path';
import {UsageError} from '../../errors.js';
import type {Report} from '../../metrics/report/report.js';
import {ExportError} from '../../system/write-whole.js';
import {sanitize} from '../../text/sanitize.js';
import type {OutputContext} from '../context.js';
import {toCsv} from '../csv/csv.js';
import {toHtml} from '../html/html.js';
import {jsonText, toJson} from '../json/json.js';
import {toMarkdown} from '../markdown/markdown.js';
import {formatTime} from '../numbers.js';

/** The export formats, named by their file extensions. */
export const exportFormats = ['json', 'csv', 'md', 'html'] as const;
/** An export format, named by its file extension. */
export type ExportFormat = (typeof exportFormats)[number];

/** Thrown if the extension of a file names no format. */
export class UnknownEndingError extends UsageError {
	override readonly name = 'UnknownEndingError';
}

/**
 * The format for a file's extension. `-` (standard output) is JSON.
 * @throws UnknownEndingError
 */
export const formatOf = (path: string): ExportFormat => {
	if (path === '-') {
		return 'json';
	}
	const ending = extname(path).slice(1).toLowerCase();
	const found = exportFormats.find(format => format === (ending === 'markdown' ? 'md' : ending));
	if (!found) {
		throw new UnknownEndingError(
			`Cannot tell the format of ${sanitize(path)}: give it the ending ${exportFormats.map(format => `.${format}`).join(', ')} or .svg, or name a folder, as in reports/.`,
		);
	}
	return found;
};

const renderers: Readonly<Record<ExportFormat, (report: Report, context: OutputContext) => string>> = {
	json: (report, context) => jsonText(toJson(report, context)),
	csv: toCsv,
	md: toMarkdown,
	html: toHtml,
};

/**
 * Renders the report as a file's content.
 * @throws ExportError if it is longer than a string can be
 */
export const renderExport = (format: ExportFormat, report: Report, context: OutputContext): string => {
	try {
		return renderers[format](report, context);
	} catch (error) {
		if (error instanceof RangeError && error.message === 'Invalid string length') {
			throw new ExportError('The window holds too many requests for one file: choose a shorter one.', {cause: error});
		}
		throw error;
	}
};

/** Name of a snapshot's files, without extension: `hitrate-20261123-091200`. */
export const snapshotName = (epoch: number, zone: string): string => `hitrate-${formatTime(epoch, zone, 'stamp')}`;
