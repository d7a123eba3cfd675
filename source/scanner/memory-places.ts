/** Addresses in the module's memory, equal to those in `assembly/memory.ts`, which a test compares. */

/** For each first byte of a text the addresses of its lists, and the addresses of the names of an object's numbers. */
export const tablePlaces = {beginnings: 0x1000, wordings: 0x1200, objectStarts: 0x1400, objectNames: 0x1420} as const;

/** Bytes of a record. */
export const recordLength = 104;

/** Offsets of its fields, in bytes. */
export const recordFields = {
	start: 0,
	end: 4,
	kind: 8,
	wording: 12,
	thread: 16,
	run: 20,
	time: 24,
	microseconds: 32,
	word: 36,
	span: 40,
	spanEnd: 44,
	flag: 48,
	numbers: 52,
	objectNumbers: 68,
	hints: 100,
} as const;

/** Bits of `hints`. */
export const hintBits = {hasNeedle: 1, isOpen: 2} as const;
