/** Possible delimiters of cells. */
export const delimiters = [',', ';', '\t'] as const;

/** True if a line ends the quoted cell that an earlier one opened: it has a quote that is not doubled. */
export const endsCell = (line: string): boolean => line.replaceAll('""', '').includes('"');

/**
 * The cells of a row; undefined if a quoted cell continues in the next line.
 *
 * @param most number of cells in a row of its table: of a longer row, one more is returned
 */
export const cellsOf = (
	row: string,
	delimiter: string,
	most = Number.POSITIVE_INFINITY,
): readonly string[] | undefined => {
	const cells: string[] = [];
	for (let at = 0; at <= row.length && cells.length <= most; at++) {
		if (row[at] !== '"') {
			const found = row.indexOf(delimiter, at);
			const end = found < 0 ? row.length : found;
			cells.push(row.slice(at, end).trim());
			at = end;
			continue;
		}
		let end = row.indexOf('"', at + 1);
		while (end >= 0 && row[end + 1] === '"') {
			end = row.indexOf('"', end + 2);
		}
		if (end < 0) {
			return undefined;
		}
		cells.push(row.slice(at + 1, end).replaceAll('""', '"'));
		const next = row.indexOf(delimiter, end);
		at = next < 0 ? row.length : next;
	}
	return cells;
};
