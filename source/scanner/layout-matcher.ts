import {layoutLimits, layoutPlaces, slotBits, slotCodes} from './layout-places.js';
import {ScannerMemory} from './scanner-memory.js';
import {type ScannerModule, scannerModule} from './scanner-module.js';

/** What a slot of a layout holds (see `slotCodes`). */
export type SlotKind = Exclude<keyof typeof slotCodes, 'layoutEnd'>;

/** A slot of a layout. */
export type SlotCode = {
	readonly kind: SlotKind;
	/** It stands in an object that is itself a text. */
	readonly quoted?: boolean;
	/** Of a `stamp`: at most 255 bytes, whose digits may be others. */
	readonly stamp?: Buffer;
};

const bytesOf = ({kind, quoted, stamp}: SlotCode): readonly Buffer[] => [
	Buffer.of(slotCodes[kind] | (quoted ? slotBits.quoted : 0)),
	...(kind === 'stamp' && stamp ? [Buffer.of(stamp.length), stamp] : []),
];

/** A layout as the module reads it: what stands between the slots, and what these hold. */
export class LayoutCode {
	readonly bytes: Buffer;
	/** The number of its room in the module's memory; another layout may have been put there since. */
	room = -1;

	/**
	 * Throws a `RangeError` where it is more than the module has room for (`layoutLimits`).
	 * @param pieces the bytes before each slot and behind the last one
	 */
	constructor(pieces: readonly Buffer[], slots: readonly SlotCode[]) {
		this.bytes = Buffer.concat(
			pieces.flatMap((piece, index) => {
				const length = Buffer.alloc(2);
				length.writeUInt16LE(piece.length);
				const slot = slots[index];
				return [length, piece, ...(slot ? bytesOf(slot) : [Buffer.of(slotCodes.layoutEnd)])];
			}),
		);
		if (slots.length > layoutLimits.mostSlots || this.bytes.length > layoutLimits.layoutLength) {
			throw new RangeError('more than the module has room for in a layout');
		}
	}
}

/** Compares objects with layouts, by the same module as `Scanner`. */
export class LayoutMatcher {
	/** The module's memory, which all places are in. */
	readonly bytes: Buffer;
	/** By slot, of the object that matched last: where its value begins, and what is behind it. */
	readonly from: Int32Array;
	readonly behind: Int32Array;
	/**
	 * By slot: a whole number of at most 15 digits (19 in `digits`, where the last may be rounded), or a time in epoch
	 * milliseconds. NaN for anything else, which may still be a number or a time.
	 */
	readonly values: Float64Array;
	readonly #module: ScannerModule;
	readonly #memory: ScannerMemory;
	/** By room. */
	readonly #layouts: LayoutCode[] = [];
	#nextRoom = 0;

	constructor(module: ScannerModule) {
		const {buffer} = module.memory;
		this.#module = module;
		this.#memory = new ScannerMemory(module);
		this.bytes = this.#memory.bytes;
		this.from = new Int32Array(buffer, layoutPlaces.slotFrom, layoutLimits.mostSlots);
		this.behind = new Int32Array(buffer, layoutPlaces.slotBehind, layoutLimits.mostSlots);
		this.values = new Float64Array(buffer, layoutPlaces.slotValues, layoutLimits.mostSlots);
	}

	/** Where a line lies in the module's memory, or is copied to; -1 where it is too long. */
	hold(line: Buffer, start: number, end: number): number {
		if (end - start >= layoutLimits.longestLine) {
			return -1;
		}
		if (this.#memory.holds(line)) {
			return line.byteOffset + start;
		}
		line.copy(this.bytes, layoutPlaces.line, start, end);
		// No value goes on behind the line.
		this.bytes[layoutPlaces.line + end - start] = newline;
		return layoutPlaces.line;
	}

	/** Whether an object that begins at a place is of a layout. @returns where it ends, or -1 */
	match(layout: LayoutCode, place: number): number {
		if (this.#layouts[layout.room] !== layout) {
			this.#settle(layout);
		}
		return this.#module.matchLayout(layoutPlaces.layouts + layout.room * layoutLimits.layoutLength, place);
	}

	#settle(layout: LayoutCode): void {
		layout.room = this.#nextRoom;
		this.#nextRoom = (this.#nextRoom + 1) % layoutLimits.layoutCount;
		this.#layouts[layout.room] = layout;
		layout.bytes.copy(this.bytes, layoutPlaces.layouts + layout.room * layoutLimits.layoutLength);
	}
}

const newline = 10;

let shared: LayoutMatcher | undefined;

/** The one of this thread; undefined where WebAssembly's vectors are missing. */
export const layoutMatcher = (): LayoutMatcher | undefined => {
	const module = scannerModule();
	shared ??= module && new LayoutMatcher(module);
	return shared;
};
