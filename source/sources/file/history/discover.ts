import type {LogSink} from '../../log-sink.js';
import {isCompressed} from '../compressed/text-of.js';
import type {Interrupted} from '../interrupted.js';
import {isShorterCopy, isShorterText, type KnownFiles} from '../known-files.js';
import {closeFile, fileKey, type OpenFile, openFile} from '../open-file.js';
import {Segment} from '../segment.js';
import {continues} from './continues.js';
import {isCopyOf, textLength} from './copies.js';
import {hasPlainPartner, Renamed, type Sibling} from './siblings.js';

/** The state of a log when its rotated files are searched. */
type Circumstances = {
	readonly logSink: LogSink;
	readonly known: KnownFiles;
	/** The open files. */
	readonly open: readonly Segment[];
	/** The one at the end of the log, now or a moment ago. */
	readonly current: Segment | undefined;
	/** What was being read when it disappeared. */
	readonly interrupted: Interrupted | undefined;
};

/** New files among the rotated ones. */
type Discovery = {
	/** Files to read before the one at the end of the log, oldest first. */
	readonly older: readonly Segment[];
	/** Files to read after it, because the log was rotated during the search. */
	readonly newer: readonly Segment[];
	/** True if the rest of the interrupted content was found, even if it is empty. */
	readonly continued: boolean;
};

const attempts = 5;

/**
 * Finds rotated files of a log that were never read, since several rotations may happen between two looks. The one with
 * the interrupted content is read from where reading stopped, the others from the start.
 */
export const discover = async (list: () => readonly Sibling[], circumstances: Circumstances): Promise<Discovery> => {
	const open = new Set(circumstances.open.map(({key}) => key));
	for (let attempt = 1; ; attempt++) {
		const found: Found[] = [];
		try {
			const siblings = list();
			let end: number | undefined;
			for (const sibling of siblings) {
				const key = fileKey(sibling);
				if (!open.has(key)) {
					found.push(await classify(sibling, siblings, circumstances, found));
				}

				if (key === circumstances.current?.key) {
					end = found.length;
				}
			}

			return {
				older: segmentsOf(found.slice(0, end)),
				newer: segmentsOf(end === undefined ? [] : found.slice(end)),
				continued: found.some(({continues}) => continues) || (await isOpenElsewhere(circumstances)),
			};
		} catch (error) {
			// A file was renamed or compressed between listing and opening: list again.
			for (const {segment} of found) {
				segment?.close();
			}

			if (attempt === attempts || (error as NodeJS.ErrnoException).code !== 'ENOENT') {
				throw error;
			}
		}
	}
};

type Found = {readonly segment: Segment | undefined; readonly continues: boolean};

const segmentsOf = (found: readonly Found[]): Segment[] =>
	found.flatMap(({segment}) => (segment === undefined ? [] : [segment]));

const nothing: Found = {segment: undefined, continues: false};

const classify = async (
	sibling: Sibling,
	siblings: readonly Sibling[],
	circumstances: Circumstances,
	before: readonly Found[],
): Promise<Found> => {
	const file = openReadable(sibling.path);
	if (file === undefined) {
		return nothing;
	}

	if (fileKey(file) !== fileKey(sibling)) {
		closeFile(file);
		throw new Renamed(sibling.path);
	}

	// While a log is being compressed, both files exist.
	const isPartner = hasPlainPartner(sibling, siblings);
	const found = isPartner ? nothing : await judge(file, circumstances, before);
	if (found.segment === undefined) {
		closeFile(file);
	}

	return found;
};

const judge = async (file: OpenFile, circumstances: Circumstances, before: readonly Found[]): Promise<Found> => {
	const {logSink, known, interrupted} = circumstances;
	const grown = known.grownSince(file);
	if (grown !== undefined) {
		return {segment: new Segment(file, logSink, grown), continues: false};
	}

	if (known.hasFile(file)) {
		return nothing;
	}

	const isFound = before.some(({segment, continues}) => continues && segment !== undefined);
	const continued = isFound ? undefined : await continuation(file, interrupted, circumstances);
	if (continued !== undefined) {
		return continued;
	}

	return (await isRepeated(file, circumstances)) ? nothing : {segment: new Segment(file, logSink), continues: false};
};

/** What to read of a file with the interrupted content; undefined if it does not contain it. */
const continuation = async (
	file: OpenFile,
	interrupted: Interrupted | undefined,
	{logSink, known}: Circumstances,
): Promise<Found | undefined> => {
	if (interrupted === undefined || interrupted.evidence.offset === 0) {
		return undefined;
	}

	const {position, evidence, head} = interrupted;
	const from = position.offset > 0 ? position : undefined;
	if (await continues(file, evidence)) {
		return {segment: new Segment(file, logSink, from), continues: true};
	}

	const isShorter = isCompressed(file) ? isShorterText : isShorterCopy;
	if (head.length === 0 || !(await isShorter(file, evidence.offset, head))) {
		return undefined;
	}

	if (from === undefined) {
		return {segment: new Segment(file, logSink), continues: true};
	}

	known.addFile(file);
	return {segment: undefined, continues: true};
};

/**
 * True if the interrupted content is in a rotated file that is open already, because it was copied during the search.
 */
const isOpenElsewhere = async ({open, current, interrupted}: Circumstances): Promise<boolean> => {
	for (const {file} of open.filter(segment => segment !== current)) {
		if (interrupted !== undefined && interrupted.evidence.offset > 0 && (await continues(file, interrupted.evidence))) {
			return true;
		}
	}

	return false;
};

/** True if all of a file was read elsewhere, or is in an open file. */
const isRepeated = async (file: OpenFile, {open, interrupted, known}: Circumstances): Promise<boolean> => {
	for (const {file: original, position} of open) {
		if (await isCopyOf(file, original)) {
			// Not marked as known before it was read, because what it is a copy of may be truncated first.
			if (position.offset >= (await textLength(file))) {
				known.addFile(file);
			}

			return true;
		}
	}

	const read = [...open.map(({position}) => position), ...(interrupted ? [interrupted.evidence] : [])];
	const isKnown = isCompressed(file) ? await known.hasText(file, read) : known.hasCopy(file, read);
	if (isKnown) {
		known.addFile(file);
	}

	return isKnown;
};

const openReadable = (path: string): OpenFile | undefined => {
	try {
		return openFile(path);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
			throw error;
		}

		return undefined;
	}
};
