import process from 'node:process';
import {lazy} from '../../system/lazy.js';

/** Node's own implementation, since 22.15. */
type NodeZstd = {readonly zstdDecompressSync?: (bytes: Buffer, options: object) => Buffer};

const library = lazy<typeof import('fzstd')>('fzstd');

/** Maximum bytes of a decompressed value. */
const largest = 64 * 1024 * 1024;

/** True if a value is compressed with zstd (RFC 8878, 3.1.1). */
export const isZstd = (bytes: Buffer): boolean => bytes.length > 8 && bytes.readUInt32LE(0) === 0xfd2fb528;

/** Decompresses a value. Throws if it is damaged or too large. */
export const unzstd = (bytes: Buffer): Buffer => {
	const {zstdDecompressSync} = process.getBuiltinModule('node:zlib') as NodeZstd;
	return zstdDecompressSync ? zstdDecompressSync(bytes, {maxOutputLength: largest}) : byLibrary(bytes);
};

const byLibrary = (bytes: Buffer): Buffer => {
	const {Decompress} = library();
	const pieces: Uint8Array[] = [];
	let length = 0;
	const stream = new Decompress(piece => {
		length += piece.length;
		if (length > largest) {
			throw new Error('the value is too large');
		}
		pieces.push(piece);
	});
	stream.push(bytes, true);
	return Buffer.concat(pieces);
};
