import {isGzip} from './gunzip.js';
import {leadingZeros} from './leading-zeros.js';

/** Bytes from which the kind of a file is told. */
export const sampleLength = 1 << 16;

/** Bytes of them that are counted, zero bytes at the start aside: counting is slow where thousands of files are opened. */
const tellingLength = 1 << 13;

/** What a file's first bytes say it holds. */
export type Content = 'text' | 'gzip' | 'utf-16' | 'binary';

/** What to tell of those that are not read. */
export const refusals: Readonly<Record<'utf-16' | 'binary', string>> = {
	'utf-16': 'is UTF-16 text and was not read; convert it with `iconv -f UTF-16 -t UTF-8`',
	binary: 'is not a text file and was not read',
};

// Compressed and compiled files hold a tenth or more of these, text none.
const controlShare = 1 / 20;

const isControl = (byte: number): boolean =>
	byte < 32 ? byte !== 9 && byte !== 10 && byte !== 13 && byte !== 27 : byte === 127;

/** Tells from the first bytes what they are of. Zero bytes at the very start do not count against text. */
export const contentOf = (sample: Buffer): Content => {
	if (isGzip(sample)) {
		return 'gzip';
	}

	if ((sample[0] === 0xff && sample[1] === 0xfe) || (sample[0] === 0xfe && sample[1] === 0xff)) {
		return 'utf-16';
	}

	const zeros = leadingZeros(sample);
	const bytes = sample.subarray(zeros, zeros + tellingLength);
	let controls = 0;
	for (const byte of bytes) {
		if (isControl(byte)) {
			controls++;
		}
	}

	return controls > bytes.length * controlShare ? 'binary' : 'text';
};
