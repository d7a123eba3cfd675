import {compressionOf} from '../compressed/compression.js';
import {encodingOf, utf8} from './encoding.js';
import {leadingZeros} from './leading-zeros.js';

/** Bytes by which the kind of a file is determined. */
export const sampleLength = 1 << 16;

/** Number of these bytes that are counted, after leading zeros: counting is slow for thousands of files. */
const tellingLength = 1 << 13;

/** The kind of a file's content, or why it is not read: one line for the user. */
type Content = 'text' | 'compressed' | {readonly refusal: string};

// A tenth or more of compressed and compiled files are control characters; text has none.
const controlShare = 1 / 20;

const isControl = (byte: number): boolean =>
	byte < 32 ? byte !== 9 && byte !== 10 && byte !== 13 && byte !== 27 : byte === 127;

/** Archives and compressions that cannot be read, by their first bytes as Latin-1 text. */
const packings: readonly (readonly [signature: string, name: string, command: string])[] = [
	['\x04"M\x18', 'lz4', 'lz4 -dk'],
	['PK\x03\x04', 'a zip archive', 'unzip'],
	['7z\xbc\xaf\x27\x1c', 'a 7z archive', '7z x'],
	['\x1f\x9d', 'compressed by compress', 'gzip -dk'],
	['\x89LZO\0\r\n\x1a\n', 'lzo', 'lzop -dk'],
	['LZIP\x01', 'lzip', 'lzip -dk'],
	[']\0\0', 'lzma', 'xz -dk'],
];

/** Determines the kind of content from its first bytes. Leading zero bytes are allowed in text. */
export const contentOf = (sample: Buffer): Content => {
	if (compressionOf(sample) !== undefined) {
		return 'compressed';
	}

	const beginning = sample.toString('latin1', 0, 10);
	const packing = packings.find(([signature]) => beginning.startsWith(signature));
	if (packing !== undefined) {
		return {refusal: `is ${packing[1]} and was not read; unpack it with \`${packing[2]}\``};
	}

	if (encodingOf(sample) !== utf8) {
		// The byte order mark of UTF-32 starts with that of UTF-16.
		const isUtf32 = sample.length > 3 && sample[0] === 0xff && sample.readUInt16LE(2) === 0;
		return isUtf32 ? {refusal: 'is UTF-32 text and was not read; convert it with `iconv -f UTF-32 -t UTF-8`'} : 'text';
	}

	const zeros = leadingZeros(sample);
	const bytes = sample.subarray(zeros, zeros + tellingLength);
	let controls = 0;
	// By index, because an iterator takes five times as long, which matters for short files.
	for (let index = 0; index < bytes.length; index++) {
		if (isControl(bytes[index] as number)) {
			controls++;
		}
	}

	return controls > bytes.length * controlShare ? {refusal: 'is not a text file and was not read'} : 'text';
};
