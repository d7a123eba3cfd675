import {isCompressedName} from '../compressed/compression.js';
import {isCompressed} from '../compressed/text-of.js';
import type {KnownFiles} from '../known-files.js';
import {fileKey, type OpenFile, sizeOf} from '../open-file.js';
import type {Position} from '../position.js';
import {continues, endsBefore} from './continues.js';
import {isCopyOf} from './copies.js';
import {hasPlainPartner, type Sibling, withSibling} from './siblings.js';

/** A rotated file to be read. */
export type HistoryFile = {
	readonly key: string;
	/** Its path when it was listed. */
	readonly path: string;
	/** Stored bytes to read. */
	readonly size: number;
	/** Time of its last write in epoch milliseconds. */
	readonly modified: number;
	/** What was read of it before; undefined for nothing. */
	readonly from: Position | undefined;
};

type HistoryQuery = {
	/** The rotated files of a log, oldest first. */
	readonly siblings: readonly Sibling[];
	/** The saved position. */
	readonly resume: Position | undefined;
	/** True if that position is in the log itself. */
	readonly resumesInLog: boolean;
	/** True if existing rotated files are to be read if nothing was read before. */
	readonly wanted: boolean;
};

/**
 * Decides which rotated files to read, oldest first, and marks the others as known: those before the saved position. If
 * the position is in none of them, its file was lost, and all of them are newer. Throws `Renamed` if they have changed
 * since they were listed.
 */
export const historyOf = async (query: HistoryQuery, known: KnownFiles): Promise<readonly HistoryFile[]> => {
	const {siblings, resume, resumesInLog} = query;
	const first = await firstToRead(query);
	const files: HistoryFile[] = [];
	for (const [index, sibling] of siblings.entries()) {
		const {path, size, modified} = sibling;
		const from = index === first.index ? first.from : await olderIn(sibling, resume);
		// While a log is being compressed, both files exist.
		if (hasPlainPartner(sibling, siblings)) {
			continue;
		}

		if (index >= first.index || from !== undefined) {
			const spared = from === undefined || isCompressedName(path) ? 0 : from.offset;
			files.push({
				key: fileKey(sibling),
				path,
				size: Math.max(0, size - spared),
				modified: Number(modified / 1_000_000n),
				from,
			});
		} else {
			await withSibling(sibling, async file => {
				// A copy of the log may contain more than was read, if the log is truncated now.
				if (resume === undefined || !resumesInLog || !(await continues(file, resume))) {
					known.addFile(file);
				}
			});
		}
	}

	return files;
};

const firstToRead = async ({siblings, resume, resumesInLog, wanted}: HistoryQuery) => {
	const none = {index: siblings.length, from: undefined};
	if (resumesInLog) {
		return none;
	}

	if (resume !== undefined && resume.offset > 0) {
		for (const [index, sibling] of siblings.entries()) {
			if (await withSibling(sibling, file => continues(file, resume))) {
				return {index, from: resume};
			}
		}

		for (const [index, sibling] of siblings.entries()) {
			if (await withSibling(sibling, file => endsBefore(file, resume))) {
				return {index: index + 1, from: undefined};
			}
		}
	}

	return wanted ? {index: 0, from: undefined} : none;
};

const olderIn = async (sibling: Sibling, resume: Position | undefined): Promise<Position | undefined> => {
	for (const older of resume?.older ?? []) {
		if (older.offset > 0 && (await withSibling(sibling, file => continues(file, older)))) {
			return older;
		}
	}

	return undefined;
};

/**
 * The part of a rotated file that is read from other files anyway: everything, its beginning up to a position, or
 * nothing.
 */
type Repeated = 'all' | Position | undefined;

/**
 * Compares a rotated file with the log, of which it may be a copy (`copytruncate` copies first), and with what was read
 * of other rotated files, known or still open.
 */
export const repeatedIn = async (
	file: OpenFile,
	log: OpenFile | undefined,
	known: KnownFiles,
	open: readonly Position[],
): Promise<Repeated> => {
	const compressed = isCompressed(file);
	if ((!compressed && known.hasFile(file)) || (log !== undefined && (await isCopyOf(file, log)))) {
		return 'all';
	}

	if (compressed) {
		return (await known.hasWholeText(file, open)) ? 'all' : undefined;
	}

	const read = known.readAs(file, open);
	return read !== undefined && read.offset === sizeOf(file) ? 'all' : read;
};
