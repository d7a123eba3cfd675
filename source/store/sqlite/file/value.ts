/** A value in a database. */
export type Value = string | number | null;
/** The columns of a row, in the order of the query. */
export type Row = readonly Value[];
