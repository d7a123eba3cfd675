/** Places in the module's memory as `assembly/member-memory.ts` has them, which a test compares. */
export const memberPlaces = {
	lineEnd: 0x500000,
	members: 0x500010,
	memberTables: 0x500800,
	memberTablesEnd: 0x510000,
} as const;

/** What the module has room for. */
export const memberLimits = {mostMembers: 128, longestName: 63} as const;
