/** Runs a query: rows of columns in its order. Throws a `ClickhouseError`. */
export type Ask = (sql: string) => Promise<readonly (readonly unknown[])[]>;
