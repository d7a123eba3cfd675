// Not as a module of its own, which Node would load before anything is written.
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
 * What `--export reports/` means: a file a day in that folder, JSON unless an ending stands there, as in
 * `reports/.html`. Undefined if the path names a file.
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

/** `hitrate-2026-11-23.json`. @param epoch epoch milliseconds @param zone IANA name: whose day it is */
export const datedName = (epoch: number, zone: string, format: ExportFormat): string =>
	`hitrate-${formatTime(epoch, zone, 'iso').slice(0, 10)}.${format}`;

type DatedExport = DatedFolder & {
	readonly content: string;
	/** When the report was made, epoch milliseconds. */
	readonly time: number;
	readonly zone: string;
	/** How many dated files of this format stay in the folder, the new one among them; all where undefined. */
	readonly keep?: number | undefined;
};

/**
 * Writes the day's file; one of the same day is replaced, one of another day never. The folder is made where it is
 * missing, readable by its owner alone, as are the files.
 * @returns the file's path, and those of older ones that were deleted
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
	// Where it cannot be made, writing says why.
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

/** Files of a folder that are named as we name them, oldest first; links and folders are someone else's. */
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
