/** A column of numbers, one per row. */
type Column = Float64Array | Int32Array | Uint16Array | Uint8Array;

/** Minimum capacity. */
const least = 1024;

/** A column with the capacity for some rows: the same, or a copy of at least twice the length. */
export const grown = <Numbers extends Column>(column: Numbers, count: number): Numbers => {
	if (count <= column.length) {
		return column;
	}
	const length = Math.max(least, count, 2 * column.length);
	const longer = new (column.constructor as new (length: number) => Numbers)(length);
	longer.set(column);
	return longer;
};
