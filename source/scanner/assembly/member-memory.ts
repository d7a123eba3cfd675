/** Where in the module's memory the members of objects are; `../member-places.ts` has the places for JavaScript. */

/** The end of the line that was read last. */
export const LINE_END: i32 = 0x500000;
/** For each wanted member, by its number: where its value begins, and what is behind it. */
export const MEMBERS: i32 = 0x500010;
export const MOST_MEMBERS: i32 = 128;
/** What is wanted of the lines of each kind of log. */
export const MEMBER_TABLES: i32 = 0x500800;
export const MEMBER_TABLES_END: i32 = 0x510000;
/** Bytes of a name at most. */
export const LONGEST_NAME: i32 = 63;
