import {readBytes} from '../open-file.js';
import {decompressBy} from './by-program.js';
import {compressionOf, signatureLength} from './compression.js';
import type {Feeding} from './feed.js';

/**
 * Hands over the text of a compressed file in bounded memory. Resolves to what is wrong with the file, after all that
 * could be read was handed over: `is cut off`. Undefined where nothing is.
 */
export const decompress = async (feeding: Feeding): Promise<string | undefined> => {
	switch (compressionOf(readBytes(feeding.file, 0, signatureLength))) {
		case 'gzip':
			return (await import('./gunzip.js')).gunzip(feeding);
		case 'zstd':
			return (await import('./unzstd.js')).unzstd(feeding);
		case 'xz':
			return decompressBy('xz', feeding);
		case 'bzip2':
			return decompressBy('bzip2', feeding);
		default:
			return 'is not compressed any more';
	}
};
