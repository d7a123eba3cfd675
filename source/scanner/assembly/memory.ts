/** Layout of the module's memory; `../memory-places.ts` has the addresses that JavaScript needs. */

/**
 * For each first byte of an event's text below 128, the address of its list of beginnings, and of its list of wordings.
 */
export const BEGINNINGS: i32 = 0x1000;
export const WORDINGS: i32 = 0x1200;
/** The names whose numbers are read in an object: the first four bytes of each, then each with its length and text. */
export const OBJECT_STARTS: i32 = 0x1400;
export const OBJECT_NAMES: i32 = 0x1420;
export const OBJECT_NAME_COUNT: i32 = 8;
/** Texts of beginnings and wordings. */
export const TEXTS: i32 = 0x1600;
/** Bytes of a log; files are read directly into it, to avoid copying. */
export const BUFFER: i32 = 0x10000;
export const CAPACITY: i32 = 0x100000;
/**
 * Zero bytes after what was read: vectors and comparisons read beyond the end of a line, and must find nothing there.
 */
export const MARGIN: i32 = 0x1000;

/** The results, one record after another. */
export const RECORDS: i32 = BUFFER + CAPACITY + MARGIN;
export const RECORD_LENGTH: i32 = 104;
export const MOST_RECORDS: i32 = 8192;

/** By wording, address and length of what was between text and time in its last JSON line. */
export const HEADS: i32 = RECORDS + MOST_RECORDS * RECORD_LENGTH;
export const HEAD_COUNT: i32 = 256;

/** Names by hash: hash, address, length and number of each, 16 bytes. */
export const SLOTS: i32 = 0x200000;
export const SLOT_COUNT: i32 = 0x10000;
/** The names' texts, each preceded by its length. */
export const NAMES: i32 = SLOTS + SLOT_COUNT * 16;
export const NAMES_END: i32 = NAMES + 0x200000;

// Offsets of a record's fields.
export const START: i32 = 0;
export const END: i32 = 4;
export const KIND: i32 = 8;
export const WORDING: i32 = 12;
export const THREAD: i32 = 16;
export const RUN: i32 = 20;
export const TIME: i32 = 24;
export const MICROSECONDS: i32 = 32;
export const WORD: i32 = 36;
export const SPAN: i32 = 40;
export const SPAN_END: i32 = 44;
export const FLAG: i32 = 48;
export const NUMBERS: i32 = 52;
/** For an object, in the order of its names; -1 if it has no number. */
export const OBJECT_NUMBERS: i32 = 68;
export const HINTS: i32 = 100;

/**
 * Bits of `HINTS`: the line contains the needle of usage, and is no repeat; it continues in the next line.
 */
export const HAS_NEEDLE: i32 = 1;
export const IS_OPEN: i32 = 2;

/** Reported because of its hints only. */
export const HINTED: i32 = 0;
/** May contain an event, and must be decoded. */
export const DECODE: i32 = 1;
/** In another rendering: may contain an event if its text has the words of one. */
export const WRAPPED: i32 = 2;
/** Was read: the fields after `KIND` have its content. */
export const READ: i32 = 3;
