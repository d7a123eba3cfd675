import {isCompressedName} from '../compressed/compression.js';
import {isCompressed} from '../compressed/text-of.js';
import type {KnownFiles} from '../known-files.js';
import {fileKey, type OpenFile, sizeOf} from '../open-file.js';
import type {Position} from '../position.js';
import {continues, endsBefore} from './continues.js';
import {isCopyOf} from './copies.js';
import {hasPlainPartner, type Sibling, withSibling} from './siblings.js';

/** A rotated file that is to be read. */
export type HistoryFile = {
	readonly key: string;
	/** Where it was when it was listed. */
	readonly path: string;
	/** Bytes to pass in it, as stored. */
	readonly size: number;
	/** Epoch milliseconds of its last write. */
	readonly modified: number;
	/** What was read of it before; undefined for nothing. */
	readonly from: Position | undefined;
};

type HistoryQuery = {
	/** The rotated files of a log, oldest first. */
	readonly siblings: readonly Sibling[];
	/** Where an earlier reading ended. */
	readonly resume: Position | undefined;
	/** That is in the log itself. */
	readonly resumesInLog: boolean;
	/** What lies there is to be read where nothing was before. */
	readonly wanted: boolean;
};

/**
 * Tells which rotated files are to be read, oldest first, and takes note of the others as known: those before the
 * position that an earlier reading came to. A position that is in none of them was lost with its file, so that all
 * of them came later. Throws `Renamed` where they are others by now than were listed.
 */
export const historyOf = async (query: HistoryQuery, known: KnownFiles): Promise<readonly HistoryFile[]> => {
	const {siblings, resume, resumesInLog} = query;
	const first = await firstToRead(query);
	const files: HistoryFile[] = [];
	for (const [index, sibling] of siblings.entries()) {
		const {path, size, modified} = sibling;
		const from = index === first.index ? first.from : await olderIn(sibling, resume);
		// While it is being compressed, a log lies there twice.
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
				// A copy of the log may hold more than was read of it, should that be emptied now.
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

/** What of a rotated file is in files that are read anyway: everything, its beginning up to a position, or nothing. */
type Repeated = 'all' | Position | undefined;

/**
 * Compares a rotated file with the log that it may be a copy of (`copytruncate` copies first) and with what was read
 * of other rotated files: known, or still open.
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
