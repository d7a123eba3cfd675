/**
 * Finds lines that may contain an event in the bytes of a log, and reads most of them, several times faster than
 * JavaScript: with a WebAssembly module of a few KB (`assembly/`). Without WebAssembly SIMD there is no scanner, and
 * every line is decoded, with the same result.
 */

import {hintBits, recordFields, recordLength} from './memory-places.js';
import {type ScanTable, writeTable} from './scan-table.js';
import {ScannerMemory} from './scanner-memory.js';
import {type ScannerModule, scannerModule} from './scanner-module.js';

/**
 * `decode`: may contain an event. `wrapped`: in another rendering, and may contain one. `read`: its fields are known.
 * `hinted`: contains none; only `holdsNeedle` and `isOpen` may matter. `long`: unknown, because it is longer than the
 * module's memory.
 */
export type LineKind = 'hinted' | 'decode' | 'wrapped' | 'read' | 'long';

/** Maximum number of names before all are dropped; the module has room for a few more. */
const mostNames = 30_000;

const kinds: readonly LineKind[] = ['hinted', 'decode', 'wrapped', 'read'];

/** The lines found in a piece of a log; one is current at a time. */
export class Scanner {
	/** Files are read into this buffer to avoid copying. Whole lines of other buffers can be scanned as well. */
	readonly buffer: Buffer;
	readonly #module: ScannerModule;
	readonly #memory: ScannerMemory;
	readonly #fields: Int32Array;
	readonly #times: Float64Array;
	/** By number; the names are consecutive in the module's memory. */
	readonly #names: (string | undefined)[] = [undefined];
	#nameEnd: number;
	#table: ScanTable | undefined;
	/** The table's needle as a number. */
	#needle = 0;
	/** Start of the current line's record, in bytes. */
	#record = 0;

	constructor(module: ScannerModule) {
		const {buffer: memory} = module.memory;
		this.#module = module;
		this.#memory = new ScannerMemory(module);
		this.#fields = new Int32Array(memory, module.records.value);
		this.#times = new Float64Array(memory, module.records.value);
		this.#nameEnd = module.names.value;
		this.buffer = this.#memory.buffer;
	}

	/**
	 * Finds lines according to a table, in order.
	 * @param bytes whole lines
	 * @param onLine called for each, while the other members describe it
	 */
	scan(bytes: Buffer, table: ScanTable, onLine: (kind: LineKind, start: number, end: number) => void): void {
		this.#use(table);
		if (this.#module.nameCount() > mostNames) {
			this.#module.forgetNames();
			this.#names.length = 1;
			this.#nameEnd = this.#module.names.value;
		}
		let from = 0;
		while (from < bytes.length) {
			const length = this.#memory.hold(bytes, from);
			if (length === 0) {
				const found = bytes.indexOf(newline, from);
				const end = found < 0 ? bytes.length : found;
				onLine('long', from, end);
				from = end + 1;
				continue;
			}
			const shift = this.#memory.shift(bytes, from);
			const end = shift + from + length;
			while (shift + from < end) {
				const count = this.#module.scan(shift + from, end, this.#needle);
				for (let index = 0; index < count; index++) {
					this.#record = index * recordLength;
					onLine(
						kinds[this.#field(recordFields.kind)] as LineKind,
						this.#field(recordFields.start) - shift,
						this.#field(recordFields.end) - shift,
					);
				}
				from = this.#module.scannedTo() - shift;
			}
		}
	}

	/** Counts newlines. */
	countLines(bytes: Buffer): number {
		let count = 0;
		for (let from = 0; from < bytes.length; ) {
			// If no whole line fits, its pieces are examined.
			const length = this.#memory.hold(bytes, from) || this.#memory.holdPart(bytes, from, this.buffer.length);
			const start = this.#memory.shift(bytes, from) + from;
			count += this.#module.countLines(start, start + length);
			from += length;
		}
		return count;
	}

	/** True if a line other than `long` contains the table's needle, and is none of its repeats. */
	get holdsNeedle(): boolean {
		return (this.#field(recordFields.hints) & hintBits.hasNeedle) !== 0;
	}

	/**
	 * True if a line other than `long` ends within a value, or contains one with a line break after its first bracket.
	 */
	get isOpen(): boolean {
		return (this.#field(recordFields.hints) & hintBits.isOpen) !== 0;
	}

	/** Index of the wording of a line that was read. */
	get wording(): number {
		return this.#field(recordFields.wording);
	}

	get thread(): string | undefined {
		return this.#name(this.#field(recordFields.thread));
	}

	get run(): string | undefined {
		return this.#name(this.#field(recordFields.run));
	}

	/** Its time in epoch milliseconds. */
	get time(): number {
		return this.#times[(this.#record + recordFields.time) >> 3] as number;
	}

	/** The microseconds of its second; -1 if it was written without a fraction. */
	get microseconds(): number {
		return this.#field(recordFields.microseconds);
	}

	get word(): string {
		return this.#name(this.#field(recordFields.word)) ?? '';
	}

	/** ASCII. */
	get span(): string {
		return this.#memory.bytes.toString('latin1', this.#field(recordFields.span), this.#field(recordFields.spanEnd));
	}

	get flag(): boolean {
		return this.#field(recordFields.flag) !== 0;
	}

	/** @param index 0–3, in the order of the wording's captures */
	number(index: number): number {
		return this.#field(recordFields.numbers + 4 * index);
	}

	/** @param index of the name in the table; undefined if the object has no number for it */
	objectNumber(index: number): number | undefined {
		const number = this.#field(recordFields.objectNumbers + 4 * index);
		return number < 0 ? undefined : number;
	}

	/** @param place in the record, in bytes */
	#field(place: number): number {
		return this.#fields[(this.#record + place) >> 2] as number;
	}

	#name(number: number): string | undefined {
		while (this.#names.length <= number) {
			const length = this.#memory.bytes.readUInt16LE(this.#nameEnd);
			const start = this.#nameEnd + 2;
			this.#names.push(this.#memory.bytes.toString('latin1', start, start + length));
			this.#nameEnd = start + length;
		}
		return this.#names[number];
	}

	#use(table: ScanTable): void {
		if (table !== this.#table) {
			this.#table = table;
			this.#needle = Buffer.from(`${table.needle}\0`, 'latin1').readUInt32LE();
			writeTable(this.#memory.bytes, this.#module.texts.value, table);
		}
	}
}

const newline = 10;

let shared: Scanner | undefined;

/** The scanner of this thread; undefined without WebAssembly SIMD. */
export const scanner = (): Scanner | undefined => {
	const module = scannerModule();
	shared ??= module && new Scanner(module);
	return shared;
};
