const zeros = Buffer.alloc(1 << 16);

/** How many zero bytes a buffer begins with; holes of gigabytes are compared, not walked through. */
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
