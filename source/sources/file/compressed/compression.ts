/** How a log may be compressed that is read. */
type Compression = 'gzip' | 'zstd' | 'xz' | 'bzip2';

/** Bytes of a file that tell how it is compressed. */
export const signatureLength = 10;

/** What the first bytes of a file say it is compressed by; undefined where it is not. Names tell less. */
export const compressionOf = (bytes: Buffer): Compression | undefined => {
	const signature = bytes.toString('latin1', 0, signatureLength);
	// RFC 1952, 2.3.1
	if (signature.startsWith('\x1f\x8b')) {
		return 'gzip';
	}

	if (isZstdFrame(signature)) {
		return 'zstd';
	}

	if (signature.startsWith('\xfd7zXZ\0')) {
		return 'xz';
	}

	// A level, then a first block or the end of what is empty.
	const afterLevel = signature.slice(4);
	const isBzip2 = signature.startsWith('BZh') && (afterLevel === '1AY&SY' || afterLevel === '\x17rE8P\x90');
	return isBzip2 ? 'bzip2' : undefined;
};

/** A frame of data, or one to be skipped (RFC 8878, 3.1). */
const isZstdFrame = (signature: string): boolean =>
	signature.startsWith('(\xb5/\xfd') ||
	((signature[0] ?? '') >= 'P' && (signature[0] ?? '') <= '_' && signature.startsWith('*M\x18', 1));

/** What compressing adds to names, also by programs whose files are not read: it is told that they are not. */
const ending = /\.(?:gz|zst|zstd|xz|bz2|lz4|zip|Z|lzma|lz|lzo|7z|br)$/;

/** A name without the ending that compressing adds. */
export const withoutCompression = (name: string): string => name.replace(ending, '');

/** A name says that the file is compressed. */
export const isCompressedName = (name: string): boolean => ending.test(name);
