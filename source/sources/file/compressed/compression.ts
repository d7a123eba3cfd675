/** Compressions that can be read. */
type Compression = 'gzip' | 'zstd' | 'xz' | 'bzip2';

/** Bytes that identify a compression. */
export const signatureLength = 10;

/** The compression indicated by the first bytes of a file; undefined if there is none. More reliable than names. */
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

	// A level, then a first block, or the end of an empty file.
	const afterLevel = signature.slice(4);
	const isBzip2 = signature.startsWith('BZh') && (afterLevel === '1AY&SY' || afterLevel === '\x17rE8P\x90');
	return isBzip2 ? 'bzip2' : undefined;
};

/** A data frame or a skippable frame (RFC 8878, 3.1). */
const isZstdFrame = (signature: string): boolean =>
	signature.startsWith('(\xb5/\xfd') ||
	((signature[0] ?? '') >= 'P' && (signature[0] ?? '') <= '_' && signature.startsWith('*M\x18', 1));

/** Extensions of compressed files, including those that cannot be read, which is reported. */
const ending = /\.(?:gz|zst|zstd|xz|bz2|lz4|zip|Z|lzma|lz|lzo|7z|br)$/;

/** A name without such an extension. */
export const withoutCompression = (name: string): string => name.replace(ending, '');

/** True if a name has such an extension. */
export const isCompressedName = (name: string): boolean => ending.test(name);
