import process from 'node:process';

/**
 * Milliseconds since some moment of this machine; no change of its clock is seen. Node's `performance.now` says the same,
 * and loads eight modules for it.
 */
export const monotonic = (): number => {
	const [seconds, nanoseconds] = process.hrtime();
	return seconds * 1000 + nanoseconds / 1e6;
};
