/** Runs a query and returns its rows, columns in the order of the query. Throws a `ClickhouseError`. */
export type Ask = (sql: string) => Promise<readonly (readonly unknown[])[]>;
