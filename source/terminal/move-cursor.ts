/** A position on the screen, counted from 0. The column is undefined if terminals may disagree about it. */
export type Position = {
	readonly row: number;
	readonly column: number | undefined;
};

const introducer = '\u001B[';
const parameter = (value: number) => (value === 1 ? '' : String(value));

const absolute = (row: number, column: number) =>
	`${introducer}${parameter(row + 1)}${column === 0 ? '' : `;${column + 1}`}H`;

/** Candidate sequences for a movement within a row. */
const horizontal = (from: number | undefined, column: number): readonly string[] => {
	const anywhere = [`${introducer}${parameter(column + 1)}G`, ...(column === 0 ? ['\r'] : [])];
	if (from === undefined) {
		return anywhere;
	}
	const distance = Math.abs(column - from);
	const relative = column > from ? [`${introducer}${parameter(distance)}C`] : ['\b'.repeat(distance)];
	return [...anywhere, ...relative];
};

/**
 * The shortest sequence that moves the cursor to a position.
 * @param from current position; undefined if unknown, which requires an absolute address
 */
export const moveCursor = (from: Position | undefined, row: number, column: number): string => {
	if (from?.row === row && from.column === column) {
		return '';
	}
	const ways = [absolute(row, column)];
	if (from?.row === row) {
		ways.push(...horizontal(from.column, column));
	} else if (from !== undefined && from.column === column) {
		const distance = Math.abs(row - from.row);
		ways.push(`${introducer}${parameter(distance)}${row > from.row ? 'B' : 'A'}`);
	}
	return ways.reduce((best, way) => (way.length < best.length ? way : best));
};
