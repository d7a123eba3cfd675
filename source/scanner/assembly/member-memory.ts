/** Addresses of the members of objects in the module's memory; `../member-places.ts` has those for JavaScript. */

/** The end of the last line. */
export const LINE_END: i32 = 0x500000;
/** For each wanted member, by number: the start and end of its value. */
export const MEMBERS: i32 = 0x500010;
export const MOST_MEMBERS: i32 = 128;
/** The wanted members, for each kind of log. */
export const MEMBER_TABLES: i32 = 0x500800;
export const MEMBER_TABLES_END: i32 = 0x510000;
/** Maximum bytes of a name. */
export const LONGEST_NAME: i32 = 63;
