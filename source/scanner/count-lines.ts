import {scanner} from './scanner.js';

const newline = 10;

/** The number of newlines in some bytes of UTF-8. May overwrite what follows them in the scanner's memory. */
export const countLines = (bytes: Buffer): number => {
	const module = scanner();
	if (module) {
		return module.countLines(bytes);
	}
	let count = 0;
	for (let at = bytes.indexOf(newline); at >= 0; at = bytes.indexOf(newline, at + 1)) {
		count++;
	}
	return count;
};
