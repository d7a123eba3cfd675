/** How a file separates its cells. */
export const delimiters = [',', ';', '\t'] as const;

/**
 * The cells of a row; undefined where a quoted cell goes on in the next line.
 * @param most cells of its table: of a row that has more, one more is returned
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
