const zeros = Buffer.alloc(1 << 16);

/** Number of zero bytes at the beginning of a buffer; compares large blocks, because holes may have gigabytes. */
export const leadingZeros = (bytes: Buffer): number => {
	let count = 0;
	while (count + zeros.length <= bytes.length && zeros.equals(bytes.subarray(count, count + zeros.length))) {
		count += zeros.length;
	}

	while (count < bytes.length && bytes[count] === 0) {
		count++;
	}

	return count;
};
