import {closeSync, openSync, readSync} from 'node:fs';

const signature = 'SQLite format 3\0';

/** True if a file starts like an SQLite database. */
export const isDatabase = (path: string): boolean => {
	try {
		const descriptor = openSync(path, 'r');
		try {
			const bytes = Buffer.alloc(signature.length);
			readSync(descriptor, bytes, 0, bytes.length, 0);
			return bytes.toString('latin1') === signature;
		} finally {
			closeSync(descriptor);
		}
	} catch {
		return false;
	}
};
