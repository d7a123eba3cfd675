/** One line of the table: what, what it was, against which goal. */
export type Row = {readonly what: string; readonly goal: string; readonly figure: string};

const rows: Row[] = [];

export const add = (row: Row): void => {
	rows.push(row);
};

/** Prints the rows gathered so far as a Markdown table. */
export const print = (): void => {
	const columns = ['what', 'goal', 'figure'] as const;
	const width = (column: (typeof columns)[number]) => Math.max(column.length, ...rows.map(row => row[column].length));
	const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
	process.stdout.write(
		`\n${[
			line(columns.map(column => column.padEnd(width(column)))),
			line(columns.map(column => '-'.repeat(width(column)))),
			...rows.map(row => line(columns.map(column => row[column].padEnd(width(column))))),
		].join('\n')}\n\n`,
	);
	rows.length = 0;
};

export const median = (values: readonly number[]): number =>
	[...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;

/** The value that a share of all values does not exceed. @param share 0–1 */
export const quantile = (values: readonly number[], share: number): number =>
	[...values].sort((one, other) => one - other)[Math.min(values.length - 1, Math.floor(values.length * share))] ??
	Number.NaN;
