// `node:fs/promises` would be loaded even by runs that write nothing.
import {promises as fs} from 'node:fs';
import {basename, dirname, join} from 'node:path';
import {makeFolder} from '../../system/make-folder.js';
import {ExportError, writeWhole} from '../../system/write-whole.js';
import {sanitize} from '../../text/sanitize.js';
import {formatTime} from '../numbers.js';
import {type ExportFormat, exportFormats, formatOf} from './export.js';

/** A folder that gets one file per day. */
export type DatedFolder = {readonly folder: string; readonly format: ExportFormat};

/**
 * The meaning of `--export reports/`: one file per day in that folder, as JSON or as the extension in `reports/.html`
 * says. Undefined if the path names a file.
 * @throws UnknownEndingError
 */
export const datedFolderOf = (path: string): DatedFolder | undefined => {
	if (/[\\/]$/.test(path)) {
		return {folder: path, format: 'json'};
	}
	const name = basename(path);
	return path !== name && /^\.[a-z]+$/i.test(name)
		? // A name that begins with a dot has no ending of its own.
			{folder: dirname(path), format: formatOf(`report${name}`)}
		: undefined;
};

/** `hitrate-2026-11-23.json`. @param epoch epoch milliseconds @param zone IANA name of the zone of the date */
export const datedName = (epoch: number, zone: string, format: ExportFormat): string =>
	`hitrate-${formatTime(epoch, zone, 'iso').slice(0, 10)}.${format}`;

type DatedExport = DatedFolder & {
	readonly content: string;
	/** Time of the report, in epoch milliseconds. */
	readonly time: number;
	readonly zone: string;
	/** How many dated files of this format to keep, including the new one; undefined keeps all. */
	readonly keep?: number | undefined;
};

/**
 * Writes the file of the day, replacing an earlier one of the same day only. Creates the folder if it is missing;
 * folder and files are readable by their owner only.
 * @returns the file's path, and the paths of older files that were deleted
 * @throws ExportError
 */
export const writeDated = async ({
	folder,
	format,
	content,
	time,
	zone,
	keep = Number.POSITIVE_INFINITY,
}: DatedExport): Promise<{readonly path: string; readonly deleted: readonly string[]}> => {
	const name = datedName(time, zone, format);
	const path = join(folder, name);
	// If this fails, the write below reports why.
	try {
		makeFolder(folder);
	} catch {}
	await writeWhole(path, content, {exclusive: false});
	const older = (await ownNames(folder, format)).filter(other => other !== name);
	const leaving = older.slice(0, Math.max(0, older.length - (keep - 1)));
	const deleted = leaving.map(other => join(folder, other));
	for (const other of deleted) {
		await fs.rm(other, {force: true}).catch((error: Error) => {
			throw new ExportError(`Cannot delete ${sanitize(other)}: ${sanitize(error.message)}.`, {cause: error});
		});
	}
	return {path, deleted};
};

const ours = new RegExp(`^hitrate-(\\d{4}-\\d{2}-\\d{2})\\.(${exportFormats.join('|')})$`);

/** Files of a folder that match our naming, oldest first; links and folders are not ours. */
const ownNames = async (folder: string, format: ExportFormat): Promise<readonly string[]> => {
	const entries = await fs.readdir(folder, {withFileTypes: true}).catch(() => []);
	return entries
		.filter(entry => entry.isFile())
		.map(({name}) => name)
		.filter(name => {
			const [, date = '', ending] = ours.exec(name) ?? [];
			return ending === format && !Number.isNaN(Date.parse(date));
		})
		.sort();
};
