import {join} from 'node:path';
import type {Report} from '../metrics/report/report.js';
import type {OutputContext} from '../output/context.js';
import {renderExport, snapshotName} from '../output/export/export.js';
import type {Ground} from '../output/picture/colours.js';
import {picture} from '../output/picture/picture.js';
import {freeName, writeWhole} from '../system/write-whole.js';

/** The current screen. */
export type Screenshot = {
	readonly lines: readonly string[];
	readonly columns: number;
	readonly rows: number;
	readonly ground: Ground;
};

/**
 * Exports a report in every format, and the screen as a picture; never overwrites files.
 * @returns the paths
 * @throws ExportError with one line that says what is wrong
 */
export const writeSnapshot = async (
	report: Report,
	context: OutputContext,
	folder: string,
	screenshot: Screenshot,
): Promise<readonly string[]> => {
	const contents = new Map<string, string>(
		(['json', 'csv', 'md'] as const).map(format => [`.${format}`, renderExport(format, report, context)]),
	);
	contents.set('.svg', picture(screenshot.lines, screenshot));
	const name = await freeName(folder, snapshotName(report.generatedAt, context.zone), [...contents.keys()]);
	const paths: string[] = [];
	for (const [ending, content] of contents) {
		const path = join(folder, `${name}${ending}`);
		await writeWhole(path, content, {exclusive: true});
		paths.push(path);
	}
	return paths;
};
