import process from 'node:process';
import type {TextOptions} from '../output/text/drawing.js';
import type {Options} from '../session/options.js';
import {detectCapabilities} from '../terminal/capabilities.js';

/** The options for text on standard output. */
export const textOptions = ({colour, ascii}: Options): TextOptions => {
	const can = detectCapabilities({
		env: process.env,
		output: process.stdout,
		platform: process.platform,
		noColor: !colour,
		ascii,
	});
	return {ascii: !can.unicode, colour: can.colour, columns: process.stdout.columns ?? 80};
};

/** Writes to standard output, and waits until a slow reader has received everything. */
export const print = async (text: string): Promise<void> => {
	await new Promise<void>(resolve => {
		process.stdout.write(text, () => resolve());
	});
};
