/** What lies where in the module's memory; `../memory-places.ts` has the places that JavaScript needs to know. */

/** For each first byte of an event's words below 128, where the list of its beginnings is, and that of its wordings. */
export const BEGINNINGS: i32 = 0x1000;
export const WORDINGS: i32 = 0x1200;
/** The names whose numbers are read of an object: each its length and its text. */
export const OBJECT_NAMES: i32 = 0x1400;
export const OBJECT_NAME_COUNT: i32 = 8;
/** Texts of beginnings and wordings. */
export const TEXTS: i32 = 0x1600;
/** Bytes of a log: a file is read right here, so that nothing is copied. */
export const BUFFER: i32 = 0x10000;
export const CAPACITY: i32 = 0x100000;
/** Zero bytes behind what was read: vectors and comparisons look further than a line's end, and find nothing there. */
export const MARGIN: i32 = 0x1000;

/** What was found, one record after the other. */
export const RECORDS: i32 = BUFFER + CAPACITY + MARGIN;
export const RECORD_LENGTH: i32 = 104;
export const MOST_RECORDS: i32 = 8192;

/** By wording, place and length of what stood between the words and the time of its latest line in JSON. */
export const HEADS: i32 = RECORDS + MOST_RECORDS * RECORD_LENGTH;
export const HEAD_COUNT: i32 = 256;

/** Names by hash: hash, place, length and number of each, 16 bytes. */
export const SLOTS: i32 = 0x200000;
export const SLOT_COUNT: i32 = 0x10000;
/** The names' texts, one after the other, each behind its length. */
export const NAMES: i32 = SLOTS + SLOT_COUNT * 16;
export const NAMES_END: i32 = NAMES + 0x200000;

// The fields of a record, by their places in it.
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
/** Of an object, in the order of its names; -1 where it gives none. */
export const OBJECT_NUMBERS: i32 = 68;
export const HINTS: i32 = 100;

/** Bits of `HINTS`: the line holds the needle of a usage, and it goes on in the next one. */
export const HAS_NEEDLE: i32 = 1;
export const IS_OPEN: i32 = 2;

/** Is here for its hints alone. */
export const HINTED: i32 = 0;
/** May hold an event: has to be decoded. */
export const DECODE: i32 = 1;
/** Is not of the logger's own renderings: may hold an event where its text has words of one. */
export const WRAPPED: i32 = 2;
/** Was read: the fields behind `KIND` hold what it says. */
export const READ: i32 = 3;
