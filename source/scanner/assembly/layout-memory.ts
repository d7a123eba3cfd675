/** Where in the module's memory layouts and their lines are; `../layout-places.ts` has the places for JavaScript. */

/** By slot, of the object that matched last: where its value begins, what is behind it, and what it comes to. */
export const SLOT_FROM: i32 = 0x53f000;
export const SLOT_BEHIND: i32 = 0x53f200;
export const SLOT_VALUES: i32 = 0x53f400;
export const MOST_SLOTS: i32 = 128;
/** Layouts, each in a room of its own. */
export const LAYOUTS: i32 = 0x540000;
export const LAYOUT_LENGTH: i32 = 0x2000;
export const LAYOUT_COUNT: i32 = 64;
/** A line that lies elsewhere is copied to here. */
export const LINE: i32 = 0x5c0000;
export const LONGEST_LINE: i32 = 0x40000;

// What a slot holds; the end of the layout stands where another slot would.
export const LAYOUT_END: i32 = 0;
export const TEXT: i32 = 1;
export const NUMBER: i32 = 2;
export const UNREAD: i32 = 3;
/** A text that is a time, and one that is a whole number. */
export const TIME: i32 = 4;
export const DIGITS: i32 = 5;
/** As many bytes as stand in the layout, the same but for digits. */
export const STAMP: i32 = 6;

/** A bit of what a slot holds: it stands in an object that is itself a text. */
export const QUOTED: i32 = 8;
