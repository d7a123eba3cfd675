import {read} from 'node:fs';
import {promisify} from 'node:util';
import {constants, createGunzip, gunzipSync} from 'node:zlib';
import {type OpenFile, readBytes, sizeOf} from '../open-file.js';
import {fingerprint, headLength, type Position, tailLength} from '../position.js';

const readAsync = promisify(read);
const compressedChunk = 1 << 16;
const decompressedChunk = 1 << 18;

/** By its first bytes (RFC 1952, 2.3.1): names tell less. */
export const isGzip = (bytes: Buffer): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** Stops a decompression from within. */
export class Enough extends Error {}

// What the decompression itself complains of; all else that is thrown comes from the receiver of the text.
const damage = (error: Error | undefined): Error | undefined => {
	if (error === undefined || error instanceof Enough) {
		return undefined;
	}

	if ('code' in error && String(error.code).startsWith('Z_')) {
		return error;
	}

	throw error;
};

/**
 * Decompresses a file in bounded memory; `chunk` receives the text in order and may throw `Enough`.
 * Resolves to an error for a file that is cut off or damaged, after all that could be read was handed over.
 */
export const gunzip = async (
	file: OpenFile,
	chunk: (bytes: Buffer) => void,
	/** Told how many bytes of the file, as stored, were read. */
	passed: (stored: number) => void = () => undefined,
): Promise<Error | undefined> => {
	const stream = createGunzip({chunkSize: decompressedChunk});
	const failed = new Promise<Error>(resolve => {
		stream.once('error', resolve);
	});
	const ended = new Promise<undefined>(resolve => {
		stream.once('end', resolve as () => void);
	});
	stream.on('data', (bytes: Buffer) => {
		try {
			chunk(bytes);
		} catch (error) {
			stream.destroy(error as Error);
		}
	});
	let offset = 0;
	for (;;) {
		const buffer = Buffer.allocUnsafe(compressedChunk);
		const {bytesRead} = await readAsync(file.descriptor, buffer, 0, buffer.length, offset);
		if (bytesRead === 0) {
			break;
		}

		offset += bytesRead;
		passed(offset);
		// The end is told apart from the last bytes: together, an error would take the text of these with it.
		const written = new Promise<undefined>(resolve => {
			stream.write(buffer.subarray(0, bytesRead), () => resolve(undefined));
		});
		const error = await Promise.race([failed, written]);
		if (error !== undefined) {
			return damage(error);
		}
	}

	stream.end();
	return damage(await Promise.race([failed, ended]));
};

/** The first bytes of the text in a .gz, at most `length` (up to 1024); none where it is damaged. */
export const gzipHead = (file: OpenFile, length: number): Buffer => {
	try {
		// Enough of the compressed bytes for a head of text that does not compress at all.
		const compressed = readBytes(file, 0, 4 * headLength);
		return gunzipSync(compressed, {finishFlush: constants.Z_SYNC_FLUSH}).subarray(0, length);
	} catch {
		return Buffer.alloc(0);
	}
};

/** The text of a .gz begins as the log of the position did. */
export const gzipHeadMatches = (file: OpenFile, position: Position): boolean =>
	fingerprint(gzipHead(file, Math.min(position.offset, headLength))) === position.head;

/** Bytes of text in a .gz by its last four bytes: modulo 2^32, and of the last member only (RFC 1952, ISIZE). */
export const gzipTextLength = (file: OpenFile): number => {
	const size = sizeOf(file);
	return size < 18 ? 0 : readBytes(file, size - 4, 4).readUInt32LE();
};

/** The text of a .gz holds, up to the offset, what was read when the position was taken. */
export const gzipMatches = async (file: OpenFile, position: Position): Promise<boolean> => {
	if (!gzipHeadMatches(file, position)) {
		return false;
	}

	const length = Math.min(position.offset, tailLength);
	let passed = 0;
	let tail = Buffer.alloc(0);
	await gunzip(file, bytes => {
		const rest = bytes.subarray(0, position.offset - passed);
		passed += rest.length;
		tail = Buffer.concat([tail, rest.subarray(-tailLength)]).subarray(-tailLength);
		if (passed >= position.offset) {
			throw new Enough();
		}
	});
	return passed === position.offset && fingerprint(tail.subarray(tail.length - length)) === position.tail;
};
