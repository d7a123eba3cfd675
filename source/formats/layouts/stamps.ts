/** Maximum bytes before an object in a text. */
export const longestPrefix = 200;
/** Matches a time, and a time of day without a date. */
const stamps =
	/\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?|\d\d:\d\d:\d\d(?:[.,]\d{1,9})?/g;

/** A place of a time that may differ in the next line, as a slot. */
type Stamp = {
	readonly kind: 'stamp';
	readonly from: number;
	readonly behind: number;
	readonly name: string;
	readonly use: 'timed';
};

/** The times in the beginning of a text, within the maximum length of a prefix. */
export const stampsIn = (bytes: Buffer, from: number, end: number): readonly Stamp[] =>
	[...bytes.toString('latin1', from, Math.min(end, from + longestPrefix)).matchAll(stamps)].map(
		({0: stamp, index}) => ({
			kind: 'stamp',
			from: from + index,
			behind: from + index + stamp.length,
			name: '',
			use: 'timed',
		}),
	);
