/** Bytes before an object in a text, at most. */
export const longestPrefix = 200;
/** A time before it, and a clock without a day. */
const stamps =
	/\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?|\d\d:\d\d:\d\d(?:[.,]\d{1,9})?/g;

/** A place where a time stands that may be another in the next line, as a slot has it. */
type Stamp = {
	readonly kind: 'stamp';
	readonly from: number;
	readonly behind: number;
	readonly name: string;
	readonly use: 'timed';
};

/** The times in a text, in so much of it as a prefix may have. */
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
