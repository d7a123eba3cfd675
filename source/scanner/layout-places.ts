/** Places in the module's memory as `assembly/layout-memory.ts` has them, which a test compares. */
export const layoutPlaces = {
	slotFrom: 0x53f000,
	slotBehind: 0x53f200,
	slotValues: 0x53f400,
	layouts: 0x540000,
	line: 0x5c0000,
} as const;

/** How much there is room for. */
export const layoutLimits = {mostSlots: 128, layoutLength: 0x2000, layoutCount: 64, longestLine: 0x40000} as const;

/**
 * What a slot holds. `text`: plain ASCII without escapes, not empty, no quoted object; `time` and `digits` are texts of
 * which the value is wanted. `number`: any. `unread`: a text, number, list or word, but no object. `stamp`: as many
 * bytes as in the layout, the same but for digits.
 */
export const slotCodes = {layoutEnd: 0, text: 1, number: 2, unread: 3, time: 4, digits: 5, stamp: 6} as const;

/** The bit of a slot that stands in an object which is itself a text: a backslash is before each quote. */
export const slotBits = {quoted: 8} as const;
