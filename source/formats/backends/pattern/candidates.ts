/** Longer lines cannot be cache lines: the longest, a journal entry spelled out in byte numbers, stays below 64 KiB. */
const longestCandidate = 256 * 1024;
const newline = 0x0a;

/** Receives one candidate line without its newline; returns true to be given the next line whatever it holds. */
export type OnCandidate = (bytes: Buffer, start: number, end: number) => boolean;

/**
 * Walks through whole lines and hands over those that `nominates` says yes to, or that the one before asked for.
 * For logs whose lines are told apart by how they begin.
 */
export const eachNominated = (
	bytes: Buffer,
	nominates: (bytes: Buffer, start: number, end: number) => boolean,
	onCandidate: OnCandidate,
	wantNext = false,
): boolean => {
	let wanted = wantNext;
	for (let start = 0; start < bytes.length; ) {
		const found = bytes.indexOf(newline, start);
		const end = found < 0 ? bytes.length : found;
		if ((wanted || nominates(bytes, start, end)) && end - start <= longestCandidate) {
			wanted = onCandidate(bytes, start, end);
		}
		start = end + 1;
	}
	return wanted;
};
