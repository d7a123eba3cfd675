import {scanner} from './scanner.js';

const newline = 10;

/** How many newlines there are in some bytes of UTF-8. What stands behind them in the scanner's memory may be overwritten. */
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
