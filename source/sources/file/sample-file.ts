import {closeSync, fstatSync, openSync, readSync} from 'node:fs';
import {encodingOf} from './content/encoding.js';

/** Bytes of a log's beginning, and of its end. */
const part = 128 * 1024;

/** The beginning and end of a file, its size and time of last write; undefined if it cannot be read. */
export const sampleFile = (
	path: string,
): {readonly bytes: Buffer; readonly size: number; readonly modified: number} | undefined => {
	let descriptor: number | undefined;
	try {
		descriptor = openSync(path, 'r');
		const {size, mtimeMs} = fstatSync(descriptor);
		const bytes = Buffer.alloc(2 * part);
		const head = readSync(descriptor, bytes, 0, part, 0);
		const encoding = encodingOf(bytes.subarray(0, head));
		// Both parts start with a whole character.
		const from = Math.max(part, size - part - ((size - part) % 2));
		const tail = size > part ? readSync(descriptor, bytes, head, part, from) : 0;
		const [beginning, end] = [bytes.subarray(0, head), bytes.subarray(head, head + tail)].map(encoding.toUtf8);
		return {bytes: Buffer.concat([beginning ?? Buffer.alloc(0), end ?? Buffer.alloc(0)]), size, modified: mtimeMs};
	} catch {
		return undefined;
	} finally {
		if (descriptor !== undefined) {
			closeSync(descriptor);
		}
	}
};
