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
const readme = join(import.meta.dirname, '../../readme.md');
/** Between these lines the readme has the rows that have a goal. */
const marks = ['<!-- written by npm run bench -->', '<!-- end of what it writes -->'] as const;

const columns = ['what', 'goal', 'figure'] as const;

const lineOf = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const headLine = lineOf(columns);
const ruleLine = lineOf(columns.map(() => '---'));

const tableOf = (some: readonly Row[]): string =>
	[headLine, ruleLine, ...some.map(row => lineOf(columns.map(column => row[column])))].join('\n');

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
	writeInReadme(kept);
	rows.length = 0;
};

const hasGoal = (line: string): boolean => /^\| [^|]+ \| [^|\s][^|]* \| /.test(line) && !line.startsWith('| ---');

/** The rows of all sections that have a goal, in one table; each section with its own day and machine. */
const writeInReadme = (sections: readonly string[]): void => {
	const tables = sections.flatMap(section => {
		const [heading = '', , measured = ''] = section.split('\n');
		const some = section.split('\n').filter(line => hasGoal(line) && line !== headLine);
		return some.length === 0 ? [] : [`**${heading.slice(3)}** (${measured})`, [headLine, ruleLine, ...some].join('\n')];
	});
	const text = readFileSync(readme, 'utf8');
	const [begin, end] = marks.map(mark => text.indexOf(mark)) as [number, number];
	if (begin < 0 || end < begin) {
		throw new Error(`The readme has no place for figures: ${marks.join(' … ')}`);
	}
	const before = text.slice(0, begin + marks[0].length);
	writeFileSync(readme, `${before}\n\n${tables.join('\n\n')}\n\n${text.slice(end)}`);
};

export const median = (values: readonly number[]): number =>
	[...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;

/** The value that a share of all values does not exceed. @param share 0–1 */
export const quantile = (values: readonly number[], share: number): number =>
	[...values].sort((one, other) => one - other)[Math.min(values.length - 1, Math.floor(values.length * share))] ??
	Number.NaN;
