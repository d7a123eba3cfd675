import {crc32, createInflateRaw} from 'node:zlib';
import {leadingZeros} from '../content/leading-zeros.js';
import {type OpenFile, readBytes, sizeOf} from '../open-file.js';
import {damagedAt, type Feeding, feed, pieceLength, trailing} from './feed.js';

const chunkSize = 1 << 18;

/** Flag bits of a header, which say what follows its ten bytes (RFC 1952, 2.3.1). */
const flag = {headerCrc: 2, extra: 4, name: 8, comment: 16} as const;

const defaultHeader = 512;
/** Maximum bytes of a header; no compression program writes as many. */
const longestHeader = 1 << 17;
/** Bytes of checksum and length after the text. */
const trailerLength = 8;

/** Length of a member's header; undefined if there is none, 0 if it is cut off. */
const headerLength = (bytes: Buffer): number | undefined => {
	if (bytes[0] !== 0x1f || bytes[1] !== 0x8b || (bytes.length > 2 && bytes[2] !== 8)) {
		return undefined;
	}

	const flags = bytes[3] ?? 0;
	let length = 10;
	if (flags & flag.extra) {
		length += 2 + (bytes.length < length + 2 ? 0 : bytes.readUInt16LE(length));
	}

	for (const text of [flag.name, flag.comment]) {
		if (flags & text) {
			const end = bytes.indexOf(0, length);
			length = end < 0 ? bytes.length + 1 : end + 1;
		}
	}

	length += flags & flag.headerCrc ? 2 : 0;
	return length <= bytes.length ? length : 0;
};

/**
 * Decompresses a .gz of any number of members in bounded memory: everything that `gzip -dc` outputs, and more of a
 * damaged file. Resolves with what is wrong with the file, or undefined.
 */
export const gunzip = async (feeding: Feeding): Promise<string | undefined> => {
	const {file} = feeding;
	const size = sizeOf(file);
	for (let offset = 0; offset < size; ) {
		const length = headerAt(file, offset);
		if (length === undefined && offset > 0) {
			// Tapes and copying programs pad with zeros.
			return isZeros(file, offset) ? undefined : trailing(size - offset);
		}

		if (!length) {
			return length === 0 ? 'is cut off' : 'is damaged at its beginning';
		}

		const member = await readMember(feeding, offset + length);
		if (typeof member === 'string') {
			return member;
		}

		offset = member.end;
	}

	return undefined;
};

/** Like `headerLength`, for the file's bytes from an offset. */
const headerAt = (file: OpenFile, offset: number): number | undefined =>
	headerLength(readBytes(file, offset, defaultHeader)) || headerLength(readBytes(file, offset, longestHeader));

/** Delivers the text after a header. Returns the end of the member, or what is wrong with it. */
const readMember = async (feeding: Feeding, from: number): Promise<{readonly end: number} | string> => {
	let checksum = 0;
	let size = 0;
	const text = (bytes: Buffer) => {
		checksum = crc32(bytes, checksum);
		size += bytes.length;
		feeding.text(bytes);
	};
	const fed = await feed(() => createInflateRaw({chunkSize}), from, {...feeding, text});
	if (fed.kind === 'damaged') {
		return damagedAt(fed.offset, fed.error);
	}

	const trailer = fed.kind === 'ended' ? readBytes(feeding.file, fed.offset, trailerLength) : undefined;
	if (fed.kind === 'cut off' || trailer === undefined || trailer.length < trailerLength) {
		return 'is cut off';
	}

	const isWhole = trailer.readUInt32LE(0) === checksum && trailer.readUInt32LE(4) === size % 2 ** 32;
	return isWhole ? {end: fed.offset + trailerLength} : 'is damaged (its checksum is that of another text)';
};

const isZeros = (file: OpenFile, from: number): boolean => {
	for (let offset = from; ; offset += pieceLength) {
		const bytes = readBytes(file, offset, pieceLength);
		if (bytes.length === 0 || leadingZeros(bytes) < bytes.length) {
			return bytes.length === 0;
		}
	}
};
