import {join} from 'node:path';
import type {Snapshot} from '../monitor.js';
import {exportFormats, freeName, renderExport, snapshotName, writeWhole} from '../output/export.js';
import {picture} from '../output/picture.js';
import type {Options} from './options.js';
import type {Session} from './session.js';

/** The screen as it stands. */
export type Screenshot = {readonly lines: readonly string[]; readonly columns: number; readonly rows: number};

/**
 * Writes what the screen shows as files of every format and as a picture, never over an existing one.
 * @returns their paths
 * @throws ExportError with one line that says what is in the way
 */
export const writeSnapshot = async (
	{report, readings, problems, now}: Snapshot,
	{prices}: Session,
	{exportFolder, zone}: Options,
	screenshot: Screenshot,
): Promise<readonly string[]> => {
	const contents = new Map<string, string>(
		exportFormats.map(format => [`.${format}`, renderExport(format, report, {zone, prices, readings, problems})]),
	);
	contents.set('.svg', picture(screenshot.lines, screenshot));
	const name = await freeName(exportFolder, snapshotName(now, zone), [...contents.keys()]);
	const paths: string[] = [];
	for (const [ending, content] of contents) {
		const path = join(exportFolder, `${name}${ending}`);
		await writeWhole(path, content, {exclusive: true});
		paths.push(path);
	}
	return paths;
};
