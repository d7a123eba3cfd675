import {closeSync, ftruncateSync, mkdtempSync, openSync, readSync, rmSync, writeSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Insertion} from './insertion.js';
import {putVarint, type RowCells, varintSize} from './row-cells.js';
import type {Row} from './value.js';

/** What a row file needs of a connection. */
export type Engine = {
	exec(sql: string): void;
	run(sql: string): void;
	row(sql: string, values: Row): Row | undefined;
};

/** Bytes of a page, the most that SQLite allows. */
const pageSize = 65_536;
/** Number of the page that is the root of the only table. */
const root = 2;
/** Bytes of the database header up to the last that is changed here. */
const headerSize = 96;
const pageSizeField = 16;
const changeCounter = 24;
const pageCount = 28;
const counterOfPageCount = 92;
/** The first byte of a leaf and of an inner page, and the size of the headers that these begin. */
const [leaf, leafHeader] = [0x0d, 8];
const [inner, innerHeader] = [0x05, 12];
/** Maximum bytes of all rows: one inner page can point to their leaves. */
const mostBytes = 1 << 26;

/**
 * Inserts rows by writing them as pages of an attached database file: SQLite copies them from there in a fraction of
 * the time that passing each value takes. To SQLite, this is a file that another process changes between its
 * transactions, which it notices by the change counter. So it must be written before it is first read in a transaction,
 * once. See section 1 of https://www.sqlite.org/fileformat2.html.
 */
export class RowFile {
	readonly #database: Engine;
	/** SQL that copies the rows. */
	readonly #copy: string;
	#file: number | undefined;
	readonly #header = Buffer.alloc(headerSize);
	readonly #page = Buffer.alloc(pageSize);

	/**
	 * Attaches an empty file to a connection that is not in a transaction. It has no name any more, so that it vanishes
	 * with the process. Throws if it cannot be created, and leaves nothing behind then.
	 * @param name of the attached database
	 */
	constructor(database: Engine, name: string, {into, columns}: Insertion) {
		const [key, ...others] = columns;
		this.#database = database;
		// Columns have names, because another process may add some to the table.
		this.#copy = `INSERT INTO main.${into} (${columns.join(', ')}) SELECT ${columns.join(', ')} FROM ${name}.${into}`;
		const folder = mkdtempSync(join(tmpdir(), 'hitrate-'));
		try {
			const path = join(folder, 'rows');
			this.#file = openSync(path, 'wx+', 0o600);
			database.exec(`ATTACH '${path.replaceAll("'", "''")}' AS ${name}`);
		} catch (error) {
			this.close();
			throw error;
		} finally {
			rmSync(folder, {recursive: true});
		}
		try {
			database.exec(
				`PRAGMA ${name}.page_size = ${pageSize}; PRAGMA ${name}.journal_mode = OFF; PRAGMA ${name}.synchronous = OFF;
				PRAGMA ${name}.cache_size = 4; CREATE TABLE ${name}.${into} (${key} INTEGER PRIMARY KEY, ${others.join(', ')})`,
			);
			readSync(this.#file, this.#header, 0, headerSize, 0);
			const [place] = database.row(`SELECT rootpage FROM ${name}.sqlite_schema`, []) ?? [];
			if (place !== root || this.#header.readUInt16BE(pageSizeField) !== 1) {
				throw new Error('SQLite has not made the file as it was told to');
			}
		} catch (error) {
			database.exec(`DETACH ${name}`);
			this.close();
			throw error;
		}
	}

	/**
	 * Inserts rows in ascending order of their numbers.
	 * @returns false, having inserted nothing, if there are too many, or the file cannot be written
	 */
	insert(cells: RowCells): boolean {
		if ((cells.ends.at(-1) as number) > mostBytes) {
			return false;
		}
		try {
			this.#write(cells);
		} catch {
			this.empty();
			return false;
		}
		this.#database.run(this.#copy);
		return true;
	}

	/** Gives back the room that rows take on the disk, if it can. To be called when their transaction has ended. */
	empty(): void {
		try {
			this.#writeHeader(root);
			ftruncateSync(this.#file as number, root * pageSize);
		} catch {
			// The next rows replace these.
		}
	}

	#write(cells: RowCells): void {
		const leaves = leavesOf(cells);
		const hasRoot = leaves.length > 1;
		if (hasRoot) {
			this.#writeRoot(leaves.map(end => cells.rows[end - 1] as number));
		}
		for (const [index, end] of leaves.entries()) {
			this.#writeLeaf(root + Number(hasRoot) + index, cells, leaves[index - 1] ?? 0, end);
		}
		this.#writeHeader(root - 1 + Number(hasRoot) + leaves.length);
	}

	/** @param pages number of the file's pages */
	#writeHeader(pages: number): void {
		const changes = this.#header.readUInt32BE(changeCounter) + 1;
		this.#header.writeUInt32BE(changes, changeCounter);
		this.#header.writeUInt32BE(pages, pageCount);
		this.#header.writeUInt32BE(changes, counterOfPageCount);
		this.#put(this.#header, 0);
	}

	/** @param first @param end of the cells */
	#writeLeaf(number: number, {bytes, ends}: RowCells, first: number, end: number): void {
		const begin = ends[first - 1] ?? 0;
		const content = pageSize - ((ends[end - 1] as number) - begin);
		bytes.copy(this.#page, content, begin, ends[end - 1]);
		for (let index = first; index < end; index++) {
			const cell = content + (ends[index - 1] ?? 0) - begin;
			this.#page.writeUInt16BE(cell, leafHeader + 2 * (index - first));
		}
		this.#writePage(number, leaf, end - first, content);
	}

	/** @param last row number of each leaf */
	#writeRoot(last: readonly number[]): void {
		const keys = last.slice(0, -1);
		const content = keys.reduce((at, key) => at - 4 - varintSize(key), pageSize);
		this.#page.writeUInt32BE(root + last.length, leafHeader);
		let at = content;
		for (const [index, key] of keys.entries()) {
			this.#page.writeUInt16BE(at, innerHeader + 2 * index);
			this.#page.writeUInt32BE(root + 1 + index, at);
			at = putVarint(this.#page, at + 4, key);
		}
		this.#writePage(root, inner, keys.length, content);
	}

	/** @param content where the cells begin */
	#writePage(number: number, kind: number, cells: number, content: number): void {
		this.#page[0] = kind;
		this.#page.writeUInt16BE(cells, 3);
		this.#page.writeUInt16BE(content, 5);
		this.#put(this.#page, (number - 1) * pageSize);
	}

	/** @param at where in the file */
	#put(bytes: Buffer, at: number): void {
		if (writeSync(this.#file as number, bytes, 0, bytes.length, at) < bytes.length) {
			throw new Error('the disk is full');
		}
	}

	close(): void {
		if (this.#file !== undefined) {
			closeSync(this.#file);
		}
	}
}

/** Divides cells among leaves: the index behind the last cell of each. */
const leavesOf = ({ends}: RowCells): readonly number[] => {
	const leaves: number[] = [];
	let [first, begin] = [0, 0];
	for (let index = 0; index < ends.length; index++) {
		if ((ends[index] as number) - begin + leafHeader + 2 * (index + 1 - first) > pageSize) {
			leaves.push(index);
			first = index;
			begin = ends[index - 1] as number;
		}
	}
	return [...leaves, ends.length];
};
