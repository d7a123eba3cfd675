import {type OpenFile, readBytes, sizeOf} from '../open-file.js';

const dictionaryIdLengths = [0, 1, 2, 4] as const;
const contentSizeLengths = [0, 2, 4, 8] as const;
const checksumLength = 4;
const repeatedByte = 1;

/** End of the frame at an offset (RFC 8878, 3.1); undefined if the file ends before it. */
export const frameEnd = (file: OpenFile, offset: number): number | undefined => {
	const size = sizeOf(file);
	const within = (end: number): number | undefined => (end <= size ? end : undefined);
	const header = readBytes(file, offset, 8);
	if (header.length < 8) {
		return undefined;
	}

	const isSkipped = header[1] === 0x2a;
	if (isSkipped) {
		return within(offset + 8 + header.readUInt32LE(4));
	}

	const descriptor = header[4] as number;
	const isSingleSegment = (descriptor & 0x20) !== 0;
	const contentSize = contentSizeLengths[descriptor >> 6] || (isSingleSegment ? 1 : 0);
	const dictionaryId = dictionaryIdLengths[descriptor & 3] as number;
	for (let at = offset + 5 + (isSingleSegment ? 0 : 1) + dictionaryId + contentSize; ; ) {
		const block = readBytes(file, at, 3);
		if (block.length < 3) {
			return undefined;
		}

		const bits = block.readUIntLE(0, 3);
		at += 3 + (((bits >> 1) & 3) === repeatedByte ? 1 : bits >> 3);
		if (bits & 1) {
			return within(at + (descriptor & 4 ? checksumLength : 0));
		}
	}
};
