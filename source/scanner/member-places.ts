/** Addresses in the module's memory, equal to those in `assembly/member-memory.ts`, which a test compares. */
export const memberPlaces = {
	lineEnd: 0x500000,
	changed: 0x500004,
	told: 0x500008,
	hasBefore: 0x50000c,
	members: 0x500010,
	memberTables: 0x500900,
	memberTablesEnd: 0x510000,
} as const;

/** Limits of the module. */
export const memberLimits = {mostMembers: 128, longestName: 63, tellingBytes: 600} as const;
