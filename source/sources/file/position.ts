import {hash} from 'node:crypto';
import type {ChangeStamp} from './change-stamp.js';
import {type OpenFile, readBytes, sizeOf} from './open-file.js';

/** Bytes of a log's beginning that tell it from others. */
export const headLength = 1024;

/** Bytes before an offset that tell whether they are still the ones that were read. */
export const tailLength = 256;

/**
 * How far a log has been read, and by what to know it again: under another name, compressed, or copied.
 * Plain data, to be stored as it is.
 */
export type Position = {
	readonly device: string;
	readonly inode: string;
	/** Bytes passed, at the end of a line; of the decompressed text for a .gz. */
	readonly offset: number;
	/** Lines before the offset, of the text for a .gz; undefined where they were not counted from the start. */
	readonly lines?: number | undefined;
	/** Fingerprint of the first `min(offset, 1024)` bytes. */
	readonly head: string;
	/** Fingerprint of the last `min(offset, 256)` bytes before the offset. */
	readonly tail: string;
	/** Positions of earlier files of the log that may still grow: their writer may be late to reopen it. */
	readonly older?: readonly Position[];
	/** The file as it was when all of it had been read; where it is still so, it need not be opened. */
	readonly stamp?: ChangeStamp;
	/** The log has no other file, and nobody rotates it: it can be read again from its start. */
	readonly isAlone?: boolean;
};

/** A hash by which bytes are known again: SHA-1 as Base64. It is no protection against forgery. */
export const fingerprint = (bytes: Buffer): string => hash('sha1', bytes, 'base64');

/** The position at an offset, from what the file holds now. */
export const positionAt = (file: OpenFile, offset: number): Position => {
	const length = Math.min(offset, tailLength);
	return {
		device: file.device,
		inode: file.inode,
		offset,
		head: fingerprint(readBytes(file, 0, Math.min(offset, headLength))),
		tail: fingerprint(readBytes(file, offset - length, length)),
	};
};

/** The file begins as the log of the position did. */
export const headMatches = (file: OpenFile, position: Position): boolean =>
	fingerprint(readBytes(file, 0, Math.min(position.offset, headLength))) === position.head;

/** The file holds, up to the offset, what was read when the position was taken. True at offset 0. */
export const matches = (file: OpenFile, position: Position): boolean => {
	const length = Math.min(position.offset, tailLength);
	return (
		sizeOf(file) >= position.offset &&
		fingerprint(readBytes(file, position.offset - length, length)) === position.tail &&
		headMatches(file, position)
	);
};
