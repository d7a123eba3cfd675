/** Properties of a compressed file's text, computed without keeping the text, to find out what it is a copy of. */

import {fstatSync} from 'node:fs';
import {fileKey, type OpenFile, readBytes, sizeOf} from '../open-file.js';
import {fingerprint, headLength, type Position, tailLength} from '../position.js';
import {compressionOf, signatureLength} from './compression.js';
import {decompress} from './decompress.js';
import {Enough} from './feed.js';

/** True if the file is compressed, judged by its first bytes. */
export const isCompressed = (file: OpenFile): boolean =>
	compressionOf(readBytes(file, 0, signatureLength)) !== undefined;

type Text = {head?: Promise<Buffer>; length?: Promise<number>};

/** Cached by file and state, since it is needed again with every rotation. */
const known = new Map<string, Text>();
const mostKnown = 1000;

const textOf = (file: OpenFile): Text => {
	const {size, mtimeMs} = fstatSync(file.descriptor);
	const key = `${fileKey(file)} ${size} ${mtimeMs}`;
	const text = known.get(key) ?? {};
	if (known.size >= mostKnown) {
		known.clear();
	}

	known.set(key, text);
	return text;
};

/** Delivers text until the receiver has had enough. */
const readSome = (file: OpenFile, text: (bytes: Buffer) => void): Promise<unknown> =>
	decompress({file, text, passed: () => undefined}).catch(error => {
		if (!(error instanceof Enough)) {
			throw error;
		}
	});

/** The first bytes of the text, at most 1024; fewer if it is damaged. */
export const headOf = (file: OpenFile): Promise<Buffer> => {
	const text = textOf(file);
	text.head ??= readHead(file);
	return text.head;
};

const readHead = async (file: OpenFile): Promise<Buffer> => {
	let head = Buffer.alloc(0);
	await readSome(file, bytes => {
		head = Buffer.concat([head, bytes.subarray(0, headLength - head.length)]);
		if (head.length === headLength) {
			throw new Enough();
		}
	});
	return head;
};

/** True if the text starts like the log of a position. */
export const textBegins = async (file: OpenFile, position: Position): Promise<boolean> =>
	fingerprint((await headOf(file)).subarray(0, position.offset)) === position.head;

/** Lengths of text may be known only modulo this number (RFC 1952, ISIZE). */
export const lengthModulus = 2 ** 32;

/**
 * Bytes of text, modulo 2^32: of a .gz those of its last member, from its last four bytes; of others they are counted.
 */
export const textLengthOf = (file: OpenFile): Promise<number> => {
	const text = textOf(file);
	text.length ??= compressionOf(readBytes(file, 0, signatureLength)) === 'gzip' ? storedLength(file) : countText(file);
	return text.length;
};

const storedLength = async (file: OpenFile): Promise<number> => {
	const size = sizeOf(file);
	return size < 18 ? 0 : readBytes(file, size - 4, 4).readUInt32LE();
};

const countText = async (file: OpenFile): Promise<number> => {
	let length = 0;
	await readSome(file, bytes => {
		length += bytes.length;
	});
	return length % lengthModulus;
};

/** True if the text contains, up to the offset, what was read when the position was saved. */
export const textMatches = async (file: OpenFile, position: Position): Promise<boolean> => {
	if (!(await textBegins(file, position))) {
		return false;
	}

	const length = Math.min(position.offset, tailLength);
	let passed = 0;
	let tail = Buffer.alloc(0);
	await readSome(file, bytes => {
		const rest = bytes.subarray(0, position.offset - passed);
		passed += rest.length;
		tail = Buffer.concat([tail, rest.subarray(-tailLength)]).subarray(-tailLength);
		if (passed >= position.offset) {
			throw new Enough();
		}
	});
	return passed === position.offset && fingerprint(tail.subarray(tail.length - length)) === position.tail;
};
