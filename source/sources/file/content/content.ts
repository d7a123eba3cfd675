import {compressionOf} from '../compressed/compression.js';
import {encodingOf, utf8} from './encoding.js';
import {leadingZeros} from './leading-zeros.js';

/** Bytes from which the kind of a file is told. */
export const sampleLength = 1 << 16;

/** Bytes of them that are counted, zero bytes at the start aside: counting is slow where thousands of files are opened. */
const tellingLength = 1 << 13;

/** What a file's first bytes say it holds, or why it is not read: one line for the user. */
type Content = 'text' | 'compressed' | {readonly refusal: string};

// Compressed and compiled files hold a tenth or more of these, text none.
const controlShare = 1 / 20;

const isControl = (byte: number): boolean =>
	byte < 32 ? byte !== 9 && byte !== 10 && byte !== 13 && byte !== 27 : byte === 127;

/** Archives and compressions that are not read, by the bytes they begin with as Latin-1 text. */
const packings: readonly (readonly [signature: string, name: string, command: string])[] = [
	['\x04"M\x18', 'lz4', 'lz4 -dk'],
	['PK\x03\x04', 'a zip archive', 'unzip'],
	['7z\xbc\xaf\x27\x1c', 'a 7z archive', '7z x'],
	['\x1f\x9d', 'compressed by compress', 'gzip -dk'],
	['\x89LZO\0\r\n\x1a\n', 'lzo', 'lzop -dk'],
	['LZIP\x01', 'lzip', 'lzip -dk'],
	[']\0\0', 'lzma', 'xz -dk'],
];

/** Tells from the first bytes what they are of. Zero bytes at the very start do not count against text. */
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
		// The mark of UTF-32 begins with that of UTF-16.
		const isUtf32 = sample.length > 3 && sample[0] === 0xff && sample.readUInt16LE(2) === 0;
		return isUtf32 ? {refusal: 'is UTF-32 text and was not read; convert it with `iconv -f UTF-32 -t UTF-8`'} : 'text';
	}

	const zeros = leadingZeros(sample);
	const bytes = sample.subarray(zeros, zeros + tellingLength);
	let controls = 0;
	// By index: an iterator takes five times as long, and is most of what it takes to look at a short file.
	for (let index = 0; index < bytes.length; index++) {
		if (isControl(bytes[index] as number)) {
			controls++;
		}
	}

	return controls > bytes.length * controlShare ? {refusal: 'is not a text file and was not read'} : 'text';
};
