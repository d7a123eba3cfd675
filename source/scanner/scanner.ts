/**
 * Finds lines that may hold an event in the bytes of a log, and reads most of them, several times faster than JavaScript
 * could: by a WebAssembly module of a few KB (`assembly/`). Without WebAssembly's vectors there is no scanner, and every
 * line is read by decoding it, with the same result.
 */

import {scannerWasm} from './scanner-wasm.js';

/** Part of a wording: a text, or what may stand between texts. */
export type WordingPart = string | Capture;

/**
 * What a capture takes. `number` and `block` (two digits) become numbers; `word`, `listed` (up to a comma) and `quoted`
 * the line's word; `id` its span; `more` its flag; of `object` and `dict` the numbers of some names are read.
 */
export type Capture = {readonly capture: keyof typeof captureCodes};

const captureCodes = {
	number: 2,
	block: 3,
	word: 4,
	id: 5,
	listed: 6,
	quoted: 7,
	decimal: 8,
	kind: 9,
	more: 10,
	roles: 11,
	object: 12,
	dict: 13,
	arrow: 14,
} as const;

/** The names of what a wording can capture. */
export const captures: ReadonlySet<string> = new Set(Object.keys(captureCodes));

/** What a format looks for. */
export type ScanTable = {
	/** How the words of its events begin: a line without one is passed over. ASCII. */
	readonly beginnings: readonly string[];
	/** The wordings that are read, each known by its place in this list. */
	readonly wordings: readonly (readonly WordingPart[])[];
	/** Three bytes of ASCII: lines that hold them are handed over as well. */
	readonly needle: string;
	/** Of an object printed by Python, the names whose numbers are read: eight at most. */
	readonly objectNames: readonly string[];
};

/**
 * `decode`: may hold an event. `wrapped`: of another rendering, and may hold one. `read`: its fields are known.
 * `hinted`: holds none; only what `holdsNeedle` and `isOpen` say of it may matter. `long`: nothing is known of it, for it
 * is longer than the module's memory.
 */
export type LineKind = 'hinted' | 'decode' | 'wrapped' | 'read' | 'long';

type Exports = {
	readonly memory: {readonly buffer: ArrayBuffer};
	readonly buffer: {readonly value: number};
	readonly capacity: {readonly value: number};
	readonly margin: {readonly value: number};
	readonly records: {readonly value: number};
	readonly names: {readonly value: number};
	readonly texts: {readonly value: number};
	scan(from: number, end: number, needle: number): number;
	scannedTo(): number;
	countLines(from: number, end: number): number;
	nameCount(): number;
	forgetNames(): void;
};

/** The parts of Node's `WebAssembly` that are used; its types come with those of browsers. */
declare const WebAssembly: {
	readonly Module: new (bytes: Uint8Array) => object;
	readonly Instance: new (module: object) => {readonly exports: Exports};
};

// As in `assembly/memory.ts`.
const beginningsPlace = 0x1000;
const wordingsPlace = 0x1200;
const objectNamesPlace = 0x1400;
const recordWords = 26;
/** So many names are known at most before they are forgotten; the module itself has room for a few more. */
const mostNames = 30_000;

const kinds: readonly LineKind[] = ['hinted', 'decode', 'wrapped', 'read'];

/** Lines found in a piece of a log. One is looked at at a time. */
export class Scanner {
	/** Files are read into this, so that nothing is copied. Whole lines of any other buffer are scanned as well. */
	readonly buffer: Buffer;
	readonly #module: Exports;
	readonly #memory: Buffer;
	readonly #fields: Int32Array;
	readonly #times: Float64Array;
	readonly #margin: number;
	/** By number; they lie in the module's memory one after the other. */
	readonly #names: (string | undefined)[] = [undefined];
	#nameEnd: number;
	#table: ScanTable | undefined;
	/** The table's, as one number. */
	#needle = 0;
	/** Where the record of the line that is looked at begins, in words of four bytes. */
	#record = 0;

	constructor(module: Exports) {
		const {buffer: memory} = module.memory;
		this.#module = module;
		this.#memory = Buffer.from(memory);
		this.#fields = new Int32Array(memory, module.records.value);
		this.#times = new Float64Array(memory, module.records.value);
		this.#margin = module.margin.value;
		this.#nameEnd = module.names.value;
		this.buffer = this.#memory.subarray(module.buffer.value, module.buffer.value + module.capacity.value);
	}

	/**
	 * Finds lines by a table, in their order.
	 * @param bytes whole lines
	 * @param onLine called for each while the other members tell of it
	 */
	scan(bytes: Buffer, table: ScanTable, onLine: (kind: LineKind, start: number, end: number) => void): void {
		this.#use(table);
		if (this.#module.nameCount() > mostNames) {
			this.#module.forgetNames();
			this.#names.length = 1;
			this.#nameEnd = this.#module.names.value;
		}
		const isHere = bytes.buffer === this.#memory.buffer;
		let from = 0;
		while (from < bytes.length) {
			const length = this.#hold(bytes, from);
			if (length === 0) {
				const found = bytes.indexOf(newline, from);
				const end = found < 0 ? bytes.length : found;
				onLine('long', from, end);
				from = end + 1;
				continue;
			}
			const shift = isHere ? bytes.byteOffset : this.buffer.byteOffset - from;
			const end = shift + from + length;
			while (shift + from < end) {
				const count = this.#module.scan(shift + from, end, this.#needle);
				for (let index = 0; index < count; index++) {
					this.#record = index * recordWords;
					onLine(kinds[this.#field(2)] as LineKind, this.#field(0) - shift, this.#field(1) - shift);
				}
				from = this.#module.scannedTo() - shift;
			}
		}
	}

	/** Newlines. */
	countLines(bytes: Buffer): number {
		let count = 0;
		for (let from = 0; from < bytes.length; ) {
			// Where no whole line fits the pieces of one are looked at.
			const length = this.#hold(bytes, from) || this.#copy(bytes, from, this.buffer.length);
			const start = bytes.buffer === this.#memory.buffer ? bytes.byteOffset + from : this.buffer.byteOffset;
			count += this.#module.countLines(start, start + length);
			from += length;
		}
		return count;
	}

	/** Whether a line that is not `long` holds the table's needle. */
	get holdsNeedle(): boolean {
		return (this.#field(25) & 1) !== 0;
	}

	/** Whether a line that is not `long` ends within a value, or holds one with a line break behind its first bracket. */
	get isOpen(): boolean {
		return (this.#field(25) & 2) !== 0;
	}

	/** Of a line that was read: which of the wordings. */
	get wording(): number {
		return this.#field(3);
	}

	get thread(): string | undefined {
		return this.#name(this.#field(4));
	}

	get run(): string | undefined {
		return this.#name(this.#field(5));
	}

	/** When it was written, epoch milliseconds. */
	get time(): number {
		return this.#times[(this.#record + 6) >> 1] as number;
	}

	/** The same behind its second, microseconds; -1 where the second was written without a fraction. */
	get microseconds(): number {
		return this.#field(8);
	}

	get word(): string {
		return this.#name(this.#field(9)) ?? '';
	}

	/** ASCII. */
	get span(): string {
		return this.#memory.toString('latin1', this.#field(10), this.#field(11));
	}

	get flag(): boolean {
		return this.#field(12) !== 0;
	}

	/** @param index 0–3, in the order of the wording's captures */
	number(index: number): number {
		return this.#field(13 + index);
	}

	/** @param index that of the name in the table; undefined where the object gives it no number */
	objectNumber(index: number): number | undefined {
		const number = this.#field(17 + index);
		return number < 0 ? undefined : number;
	}

	#field(index: number): number {
		return this.#fields[this.#record + index] as number;
	}

	/**
	 * Sees to it that the module can look at whole lines from an offset on.
	 * @returns how many bytes of them; 0 where not even one fits
	 */
	#hold(bytes: Buffer, from: number): number {
		if (bytes.buffer === this.#memory.buffer) {
			const end = bytes.byteOffset + bytes.length;
			this.#memory.fill(0, end, end + this.#margin);
			return bytes.length - from;
		}
		const fitting = from + this.buffer.length;
		const end = fitting < bytes.length ? bytes.lastIndexOf(newline, fitting - 1) + 1 : bytes.length;
		return end > from ? this.#copy(bytes, from, end - from) : 0;
	}

	#copy(bytes: Buffer, from: number, length: number): number {
		const copied = bytes.copy(this.buffer, 0, from, from + length);
		const end = this.buffer.byteOffset + copied;
		this.#memory.fill(0, end, end + this.#margin);
		return copied;
	}

	#name(number: number): string | undefined {
		while (this.#names.length <= number) {
			const length = this.#memory.readUInt16LE(this.#nameEnd);
			const start = this.#nameEnd + 2;
			this.#names.push(this.#memory.toString('latin1', start, start + length));
			this.#nameEnd = start + length;
		}
		return this.#names[number];
	}

	#use(table: ScanTable): void {
		if (table === this.#table) {
			return;
		}
		this.#table = table;
		this.#needle = Buffer.from(`${table.needle}\0`, 'latin1').readUInt32LE();
		const memory = this.#memory;
		let at = objectNamesPlace;
		const write = (...bytes: (number | string)[]): void => {
			for (const byte of bytes) {
				if (typeof byte === 'number') {
					memory[at++] = byte;
				} else {
					at += memory.write(byte, at, 'latin1');
				}
			}
		};
		for (const name of table.objectNames) {
			write(name.length, name);
		}
		at = this.#module.texts.value;
		const wordings = table.wordings.map((parts, number) => {
			const place = at;
			write(number);
			for (const part of parts) {
				if (typeof part === 'string') {
					write(1, part.length, part);
				} else {
					write(captureCodes[part.capture]);
				}
			}
			write(0);
			return {place, first: String(parts[0]).charCodeAt(0)};
		});
		for (let first = 0; first < 128; first++) {
			const beginnings = table.beginnings.filter(text => text.charCodeAt(0) === first);
			memory.writeInt32LE(beginnings.length === 0 ? 0 : at, beginningsPlace + first * 4);
			if (beginnings.length > 0) {
				for (const text of beginnings) {
					write(text.length, text);
				}
				write(0);
			}
			const places = wordings.filter(wording => wording.first === first).map(({place}) => place);
			memory.writeInt32LE(places.length === 0 ? 0 : at, wordingsPlace + first * 4);
			for (const place of places.length === 0 ? [] : [...places, 0]) {
				at = memory.writeInt32LE(place, at);
			}
		}
	}
}

const newline = 10;

let shared: Scanner | null | undefined;

/** The one scanner of this thread; undefined where WebAssembly's vectors are missing. */
export const scanner = (): Scanner | undefined => {
	if (shared === undefined) {
		try {
			const module = new WebAssembly.Module(Buffer.from(scannerWasm, 'base64'));
			shared = new Scanner(new WebAssembly.Instance(module).exports);
		} catch {
			shared = null;
		}
	}
	return shared ?? undefined;
};
