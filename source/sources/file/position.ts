import {hash} from 'node:crypto';
import type {ChangeStamp} from './change-stamp.js';
import {type OpenFile, readBytes, sizeOf} from './open-file.js';

/** Bytes at the beginning of a log that distinguish it from others. */
export const headLength = 1024;

/** Bytes before an offset that show whether the content is still the same. */
export const tailLength = 256;

/**
 * How far a log has been read, and how to recognise it: under another name, compressed, or copied. Plain data, to be
 * saved unchanged.
 */
export type Position = {
	readonly device: string;
	readonly inode: string;
	/** Bytes read, at the end of a line; for a .gz, of the decompressed text. */
	readonly offset: number;
	/** Lines before the offset; undefined if they were not counted from the start. */
	readonly lines?: number | undefined;
	/** Fingerprint of the first `min(offset, 1024)` bytes. */
	readonly head: string;
	/** Fingerprint of the last `min(offset, 256)` bytes before the offset. */
	readonly tail: string;
	/** Positions in earlier files of the log that may still grow, because their writer may be late to reopen it. */
	readonly older?: readonly Position[];
	/** The state of the file when all of it had been read; while unchanged, it need not be opened. */
	readonly stamp?: ChangeStamp;
	/** Set if the log has no other file, and is never rotated: it can be read again from its start. */
	readonly isAlone?: boolean;
};

/** A hash that identifies bytes: SHA-1 in Base64. Not meant as protection against forgery. */
export const fingerprint = (bytes: Buffer): string => hash('sha1', bytes, 'base64');

/** The position at an offset, for the file's current content. */
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

/** True if the file starts like the log of a position. */
export const headMatches = (file: OpenFile, position: Position): boolean =>
	fingerprint(readBytes(file, 0, Math.min(position.offset, headLength))) === position.head;

/** True if the file contains, up to the offset, what was read when the position was saved. Always true at offset 0. */
export const matches = (file: OpenFile, position: Position): boolean => {
	const length = Math.min(position.offset, tailLength);
	return (
		sizeOf(file) >= position.offset &&
		fingerprint(readBytes(file, position.offset - length, length)) === position.tail &&
		headMatches(file, position)
	);
};
