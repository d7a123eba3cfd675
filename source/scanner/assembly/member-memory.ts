/** Addresses of the members of objects in the module's memory; `../member-places.ts` has those for JavaScript. */

/** The end of the last line. */
export const LINE_END: i32 = 0x500000;
/** Groups of watched members of which one has another value than in the object before. */
export const CHANGED: i32 = 0x500004;
/** Bits of the texts found at the beginnings of watched members. */
export const TOLD: i32 = 0x500008;
/** 1 if `BEFORE` describes the object before, 0 if there is none to compare with. */
export const HAS_BEFORE: i32 = 0x50000c;
/** For each wanted member, by number: the start and end of its value. */
export const MEMBERS: i32 = 0x500010;
export const MOST_MEMBERS: i32 = 128;
/** The same for the watched members of the object before. */
export const BEFORE: i32 = 0x500480;
/** The wanted members, for each kind of log. */
export const MEMBER_TABLES: i32 = 0x500900;
export const MEMBER_TABLES_END: i32 = 0x510000;
/** Maximum bytes of a name. */
export const LONGEST_NAME: i32 = 63;
/** Bytes of a member's beginning in which texts are looked for. */
export const TELLING_BYTES: i32 = 600;
