import {continues} from './continues.js';
import type {Delivery} from './delivery.js';
import {isGzip} from './gunzip.js';
import {isShorterCopy, isShorterGzip, type KnownFiles} from './known-files.js';
import {closeFile, fileKey, type OpenFile, openFile, readBytes} from './open-file.js';
import type {Position} from './position.js';
import {Segment} from './segment.js';
import {Renamed, type Sibling} from './siblings.js';

/** What is known of a log when its rotated files are looked through. */
export type Circumstances = {
	readonly delivery: Delivery;
	readonly known: KnownFiles;
	/** Keys of files to leave alone: those that are open, and the one at the path. */
	readonly except: ReadonlySet<string>;
	/** Positions of the files that are open. */
	readonly open: readonly Position[];
	/** How far the log was read before its content was gone from where it was. */
	readonly interrupted: Position | undefined;
	/** The first bytes, at most 1024, of what was interrupted; none where only its position is left. */
	readonly head: Buffer;
};

/** What is new among the rotated files. */
export type Discovery = {
	/** Files to read, oldest first. */
	readonly segments: readonly Segment[];
	/** The rest of what was interrupted was found, even if nothing is left of it. */
	readonly continued: boolean;
};

const attempts = 5;

/**
 * Finds among the rotated files of a log those that were never read: several rotations may lie between two looks.
 * The one that holds the interrupted content is read from where the reading stopped, the others whole.
 */
export const discover = async (list: () => readonly Sibling[], circumstances: Circumstances): Promise<Discovery> => {
	for (let attempt = 1; ; attempt++) {
		const found: Found[] = [];
		try {
			const siblings = list();
			for (const sibling of siblings) {
				if (!circumstances.except.has(fileKey(sibling))) {
					found.push(await classify(sibling, siblings, circumstances, found));
				}
			}

			return {
				segments: found.flatMap(({segment}) => (segment === undefined ? [] : [segment])),
				continued: found.some(({continues}) => continues),
			};
		} catch (error) {
			// A file was renamed or compressed between the listing and its opening: list anew.
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

	const {delivery, known, head} = circumstances;
	const grown = known.grownSince(file);
	if (grown !== undefined) {
		return {segment: new Segment(file, delivery, grown), continues: false};
	}

	const interrupted = before.some(({segment, continues}) => continues && segment !== undefined)
		? undefined
		: circumstances.interrupted;
	const gzip = isGzip(readBytes(file, 0, 2));
	// While it is being compressed, a log lies there twice.
	const partner = siblings.some(({path}) => `${path}.gz` === sibling.path);
	if (partner || known.hasFile(file)) {
		closeFile(file);
		return nothing;
	}

	if (interrupted !== undefined && interrupted.offset > 0) {
		if (await continues(file, interrupted)) {
			return {segment: new Segment(file, delivery, interrupted), continues: true};
		}

		const isShorter = gzip ? isShorterGzip : isShorterCopy;
		if (head.length > 0 && isShorter(file, interrupted.offset, head)) {
			known.addFile(file);
			closeFile(file);
			return {segment: undefined, continues: true};
		}
	}

	const open = [...circumstances.open, ...(circumstances.interrupted ? [circumstances.interrupted] : [])];
	if (gzip ? known.hasText(file, open) : known.hasCopy(file, open)) {
		known.addFile(file);
		closeFile(file);
		return nothing;
	}

	return {segment: new Segment(file, delivery), continues: false};
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
