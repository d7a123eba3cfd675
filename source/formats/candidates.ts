/** Longer lines cannot be cache lines: the longest, a journal entry spelled out in byte numbers, stays below 64 KiB. */
const longestCandidate = 256 * 1024;
const newline = 0x0a;

/** Receives one candidate line without its newline; returns true to be given the next line whatever it holds. */
export type OnCandidate = (bytes: Buffer, start: number, end: number) => boolean;

/**
 * Walks through whole lines and hands over, in order, those that hold one of the needles. Everything else is never
 * decoded: `Buffer.indexOf` runs at memory speed as long as the first byte of a needle is rare.
 *
 * @param wantNext the answer to the last candidate of the buffer before, so that a joined line may span buffers
 * @param longest bytes; lines beyond are passed over
 * @returns whether the line after the last one is wanted
 */
export const eachCandidate = (
	bytes: Buffer,
	needles: readonly Buffer[],
	onCandidate: OnCandidate,
	wantNext = false,
	longest = longestCandidate,
): boolean => {
	const next = needles.map(needle => bytes.indexOf(needle));
	let position = 0;
	let wanted = wantNext;
	while (position < bytes.length) {
		let nearest = wanted ? position : -1;
		if (!wanted) {
			for (let index = 0; index < needles.length; index++) {
				let at = next[index] as number;
				if (at >= 0 && at < position) {
					at = bytes.indexOf(needles[index] as Buffer, position);
					next[index] = at;
				}
				if (at >= 0 && (nearest < 0 || at < nearest)) {
					nearest = at;
				}
			}
			if (nearest < 0) {
				return false;
			}
		}
		const start = nearest === position ? position : Math.max(position, bytes.lastIndexOf(newline, nearest) + 1);
		const found = bytes.indexOf(newline, nearest);
		const end = found < 0 ? bytes.length : found;
		wanted = end - start <= longest && onCandidate(bytes, start, end);
		position = end + 1;
	}
	return wanted;
};

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
