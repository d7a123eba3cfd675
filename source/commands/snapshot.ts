import {join} from 'node:path';
import type {Snapshot} from '../monitor.js';
import {exportFormats, freeName, renderExport, snapshotName, writeWhole} from '../output/export.js';
import type {Options} from './options.js';
import type {Session} from './session.js';

/**
 * Writes what the screen shows as files of every format, never over an existing one.
 * @returns their paths
 * @throws ExportError with one line that says what is in the way
 */
export const writeSnapshot = async (
	{report, readings, problems, now}: Snapshot,
	{prices}: Session,
	{exportFolder, zone}: Options,
): Promise<readonly string[]> => {
	const endings = exportFormats.map(format => `.${format}`);
	const name = await freeName(exportFolder, snapshotName(now, zone), endings);
	const paths: string[] = [];
	for (const format of exportFormats) {
		const path = join(exportFolder, `${name}.${format}`);
		await writeWhole(path, renderExport(format, report, {zone, prices, readings, problems}), {exclusive: true});
		paths.push(path);
	}
	return paths;
};
