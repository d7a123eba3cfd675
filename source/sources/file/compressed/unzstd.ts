import * as zlib from 'node:zlib';
import {readBytes, sizeOf} from '../open-file.js';
import {compressionOf, signatureLength} from './compression.js';
import {damagedAt, type Feeding, feed, pieceAt, pieceLength, trailing} from './feed.js';
import {frameEnd} from './zstd-frame.js';

const chunkSize = 1 << 18;

/** Node's own implementation, since 22.15. */
const {createZstdDecompress} = zlib as {
	createZstdDecompress?: (options: {chunkSize: number}) => zlib.Gunzip;
};

/** The part of a frame that is in the file. */
type Frame = {readonly from: number; readonly to: number};

/**
 * Decompresses a .zst of any number of frames in bounded memory. Resolves with what is wrong with the file, or
 * undefined.
 */
export const unzstd = async (feeding: Feeding): Promise<string | undefined> => {
	const {file} = feeding;
	const size = sizeOf(file);
	for (let from = 0; from < size; ) {
		if (compressionOf(readBytes(file, from, signatureLength)) !== 'zstd') {
			return trailing(size - from);
		}

		const end = frameEnd(file, from);
		const frame = {from, to: end ?? size};
		const damage = await (createZstdDecompress
			? byNode(feeding, frame, createZstdDecompress)
			: byLibrary(feeding, frame));
		if (damage !== undefined || end === undefined) {
			return damage ?? 'is cut off';
		}

		from = end;
	}

	return undefined;
};

const byNode = async (
	feeding: Feeding,
	{from}: Frame,
	create: NonNullable<typeof createZstdDecompress>,
): Promise<string | undefined> => {
	const fed = await feed(() => create({chunkSize}), from, feeding);
	return fed.kind === 'damaged' ? damagedAt(fed.offset, fed.error) : undefined;
};

/** Errors of the library that mean damage. */
const isDamage = (error: unknown): error is Error & {readonly code: number} =>
	error instanceof Error && 'code' in error && typeof error.code === 'number';

const byLibrary = async ({file, text, passed}: Feeding, {from, to}: Frame): Promise<string | undefined> => {
	const {Decompress, ZstdErrorCode} = await import('fzstd');
	const decompress = new Decompress(bytes => {
		if (bytes.length > 0) {
			text(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
		}
	});
	for (let offset = from; offset < to; ) {
		const piece = await pieceAt(file, offset, Math.min(pieceLength, to - offset));
		offset += piece.length;
		passed(offset);
		try {
			decompress.push(piece, piece.length === 0 || offset === to);
		} catch (error) {
			if (!isDamage(error)) {
				throw error;
			}

			return error.code === ZstdErrorCode.UnexpectedEOF ? 'is cut off' : damagedAt(offset - piece.length, error);
		}

		if (piece.length === 0) {
			return undefined;
		}
	}

	return undefined;
};
