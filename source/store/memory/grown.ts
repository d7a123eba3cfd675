/** Columns of numbers, one for each row. */
type Column = Float64Array | Int32Array | Uint16Array | Uint8Array;

/** The fewest numbers that there is room for. */
const least = 1024;

/** A column with room for so many numbers: itself, or a copy that is at least twice as long. */
export const grown = <Numbers extends Column>(column: Numbers, count: number): Numbers => {
	if (count <= column.length) {
		return column;
	}
	const length = Math.max(least, count, 2 * column.length);
	const longer = new (column.constructor as new (length: number) => Numbers)(length);
	longer.set(column);
	return longer;
};
