import {read} from 'node:fs';
import {promisify} from 'node:util';
import type {Gunzip as ZlibStream} from 'node:zlib';
import type {OpenFile} from '../open-file.js';

const readAsync = promisify(read);

/** Bytes of the compressed file read at a time. */
export const pieceLength = 1 << 16;

/** Stops a decompression; thrown by the receiver of the text. */
export class Enough extends Error {}

/** Where compressed bytes come from and their text goes. */
export type Feeding = {
	readonly file: OpenFile;
	/** Receives the text in order; each piece is valid until it returns. May throw `Enough`. */
	readonly text: (bytes: Buffer) => void;
	/** Receives the number of stored bytes read so far. */
	readonly passed: (stored: number) => void;
};

/** How a decompression ended: at its last byte in the file, at the end of a truncated file, or with damage. */
type Fed =
	| {readonly kind: 'ended'; readonly offset: number}
	| {readonly kind: 'cut off'}
	| {readonly kind: 'damaged'; readonly error: Error; readonly offset: number};

/** The next bytes of a file; none at its end. */
export const pieceAt = async (file: OpenFile, offset: number, length: number): Promise<Buffer> => {
	const buffer = Buffer.allocUnsafe(length);
	const {bytesRead} = await readAsync(file.descriptor, buffer, 0, length, offset);
	return buffer.subarray(0, bytesRead);
};

/** A range of the file in which decompression failed. */
type Suspect = {readonly from: number; readonly to: number};

/**
 * Decompresses a file from an offset with one of Node's streams. The text is complete up to the damaged byte: the
 * library discards its output for a piece in which it fails, so that piece is passed again in smaller ones.
 */
export const feed = async (create: () => ZlibStream, from: number, feeding: Feeding): Promise<Fed> => {
	let handedOver = 0;
	for (let suspect: Suspect | undefined; ; ) {
		let toSkip = handedOver;
		const text = (bytes: Buffer) => {
			const rest = bytes.subarray(toSkip);
			toSkip -= bytes.length - rest.length;
			handedOver += rest.length;
			if (rest.length > 0) {
				feeding.text(rest);
			}
		};
		const fed = await feedOnce(create(), from, suspect, {...feeding, text});
		if (fed.kind !== 'failed') {
			return fed;
		}

		if (fed.at.to - fed.at.from <= 1) {
			return {kind: 'damaged', error: fed.error, offset: fed.at.from};
		}

		suspect = fed.at;
	}
};

/** Number of smaller pieces for a range that failed. */
const finer = 256;

const feedOnce = async (
	stream: ZlibStream,
	from: number,
	suspect: Suspect | undefined,
	{file, text, passed}: Feeding,
): Promise<Fed | {readonly kind: 'failed'; readonly error: Error; readonly at: Suspect}> => {
	const failed = new Promise<Error>(resolve => {
		stream.once('error', resolve);
	});
	const ended = new Promise<'ended'>(resolve => {
		stream.once('end', () => resolve('ended'));
	});
	let thrown: unknown;
	const rethrow = () => {
		if (thrown !== undefined) {
			throw thrown;
		}
	};
	stream.on('data', (bytes: Buffer) => {
		try {
			text(bytes);
		} catch (error) {
			thrown = error;
			stream.destroy(error as Error);
		}
	});
	const lengthAt = (offset: number): number => {
		if (suspect === undefined || offset >= suspect.to) {
			return pieceLength;
		}

		return offset < suspect.from
			? Math.min(pieceLength, suspect.from - offset)
			: Math.min(suspect.to - offset, Math.ceil((suspect.to - suspect.from) / finer));
	};
	for (let offset = from; ; ) {
		const piece = await pieceAt(file, offset, lengthAt(offset));
		if (piece.length === 0) {
			stream.end();
			const last = await Promise.race([failed, ended]);
			rethrow();
			return last === 'ended' ? {kind: 'ended', offset} : {kind: 'cut off'};
		}

		passed(offset + piece.length);
		const written = new Promise<'written'>(resolve => {
			stream.write(piece, () => resolve('written'));
		});
		const outcome = await Promise.race([failed, ended, written]);
		rethrow();
		if (outcome instanceof Error) {
			return {kind: 'failed', error: outcome, at: {from: offset, to: offset + piece.length}};
		}

		offset += piece.length;
		// What the library leaves of its input is after the end.
		const end = from + stream.bytesWritten;
		if (outcome === 'ended' || end < offset) {
			await Promise.race([failed, ended]);
			rethrow();
			stream.destroy();
			return {kind: 'ended', offset: end};
		}
	}
};

/** A message about damage. */
export const damagedAt = (offset: number, {message}: Error): string => `is damaged at byte ${offset} (${message})`;

/** A message about data after the end. */
export const trailing = (bytes: number): string =>
	`has ${bytes} byte${bytes === 1 ? '' : 's'} behind its end that are not compressed text`;
