/** Changes when a key of the report's JSON changes its meaning or goes; new keys leave it as it is. */
export const schemaVersion = 2;
