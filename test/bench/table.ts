import {readFileSync, writeFileSync} from 'node:fs';
import {cpus, totalmem} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';

/** One line of the table: what, what it was, against which goal. */
export type Row = {readonly what: string; readonly goal: string; readonly figure: string};

const rows: Row[] = [];

export const add = (row: Row): void => {
	rows.push(row);
};

const page = join(import.meta.dirname, 'figures.md');

const columns = ['what', 'goal', 'figure'] as const;

const tableOf = (some: readonly Row[]): string => {
	const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
	return [
		line(columns),
		line(columns.map(() => '---')),
		...some.map(row => line(columns.map(column => row[column]))),
	].join('\n');
};

/** When and where it was measured: figures of two machines cannot be compared. */
const circumstances = (): string =>
	`${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GB, ${process.platform}, Node ${process.version}`;

/**
 * Prints the rows gathered so far as a Markdown table, and puts it into `figures.md`, in place of the one that has its
 * heading.
 */
export const print = (heading: string): void => {
	const section = `## ${heading}\n\n${circumstances()}\n\n${tableOf(rows)}\n`;
	process.stdout.write(`\n${section}\n`);
	const [introduction = '', ...others] = readFileSync(page, 'utf8').split(/^(?=## )/m);
	const kept = others.map(other => other.trim());
	const place = kept.findIndex(other => other.startsWith(`## ${heading}\n`));
	kept.splice(place < 0 ? kept.length : place, place < 0 ? 0 : 1, section.trim());
	writeFileSync(page, `${[introduction.trim(), ...kept].join('\n\n')}\n`);
	rows.length = 0;
};

export const median = (values: readonly number[]): number =>
	[...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;

/** The value that a share of all values does not exceed. @param share 0–1 */
export const quantile = (values: readonly number[], share: number): number =>
	[...values].sort((one, other) => one - other)[Math.min(values.length - 1, Math.floor(values.length * share))] ??
	Number.NaN;
