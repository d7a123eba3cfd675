import {readBytes} from '../open-file.js';
import {decompressBy} from './by-program.js';
import {compressionOf, signatureLength} from './compression.js';
import type {Feeding} from './feed.js';

/**
 * Delivers the text of a compressed file in bounded memory. After everything readable was delivered, resolves with what
 * is wrong with the file (`is cut off`), or undefined.
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
