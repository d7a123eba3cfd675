import {layoutLimits, layoutPlaces, slotBits, slotCodes} from './layout-places.js';
import {ScannerMemory} from './scanner-memory.js';
import {type ScannerModule, scannerModule} from './scanner-module.js';

/** The kind of a slot (see `slotCodes`). */
export type SlotKind = Exclude<keyof typeof slotCodes, 'layoutEnd'>;

/** A slot of a layout. */
export type SlotCode = {
	readonly kind: SlotKind;
	/** True if it is inside an object that is itself a text. */
	readonly quoted?: boolean;
	/** For a `stamp`: at most 255 bytes, whose digits may vary. */
	readonly stamp?: Buffer;
};

const bytesOf = ({kind, quoted, stamp}: SlotCode): readonly Buffer[] => [
	Buffer.of(slotCodes[kind] | (quoted ? slotBits.quoted : 0)),
	...(kind === 'stamp' && stamp ? [Buffer.of(stamp.length), stamp] : []),
];

/** A layout in the module's notation: the bytes between slots, and the kinds of slots. */
export class LayoutCode {
	readonly bytes: Buffer;
	/** Number of its room in the module's memory; another layout may have replaced it. */
	room = -1;

	/**
	 * Throws a `RangeError` if it exceeds the module's limits (`layoutLimits`).
	 * @param pieces the bytes before each slot and after the last one
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

/** Compares objects with layouts, with the same module as `Scanner`. */
export class LayoutMatcher {
	/** The module's memory, which all addresses refer to. */
	readonly bytes: Buffer;
	/** By slot, for the object that matched last: the start and end of its value. */
	readonly from: Int32Array;
	readonly behind: Int32Array;
	/**
	 * By slot: a whole number of at most 15 digits (19 for `digits`, where the last may be rounded), or a time in epoch
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

	/** The address of a line, which is copied if necessary; -1 if it is too long. */
	hold(line: Buffer, start: number, end: number): number {
		if (end - start >= layoutLimits.longestLine) {
			return -1;
		}
		if (this.#memory.holds(line)) {
			return line.byteOffset + start;
		}
		line.copy(this.bytes, layoutPlaces.line, start, end);
		// Prevents values from continuing after the line.
		this.bytes[layoutPlaces.line + end - start] = newline;
		return layoutPlaces.line;
	}

	/** Matches the object at an address with a layout. @returns its end, or -1 */
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

/** The layout matcher of this thread; undefined without WebAssembly SIMD. */
export const layoutMatcher = (): LayoutMatcher | undefined => {
	const module = scannerModule();
	shared ??= module && new LayoutMatcher(module);
	return shared;
};
