/** Raised when a key of the JSON report is removed or changes its meaning; new keys leave it unchanged. */
export const schemaVersion = 2;
