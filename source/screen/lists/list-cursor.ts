/** The selection in a list that changes while it is shown. */
export type Cursor = {
	/** Key of the selected row; undefined stays at the list's first row, whatever is added. */
	readonly key: string | undefined;
	/** Its last known index: if the row has disappeared, the one now at this index is selected. */
	readonly index: number;
	/** Rows of the list shown above the selected one. */
	readonly offset: number;
};

/** The cursor before the user has moved it. */
export const unmoved: Cursor = {key: undefined, index: 0, offset: 0};

/** A cursor resolved against the current rows of a list. */
export type Position = {
	readonly count: number;
	/** Index of the selected row; 0 if the list is empty. */
	readonly selected: number;
	/** The first row on the screen, and the number of rows that fit. */
	readonly first: number;
	readonly rows: number;
};

const clamp = (value: number, least: number, most: number): number => Math.max(least, Math.min(most, value));

/**
 * Finds the cursor's row again and scrolls as little as possible.
 * @param indexOf the current index of a key; -1 if it has disappeared
 * @param start index of the row at which an unmoved cursor is
 */
export const locate = (
	cursor: Cursor,
	list: {readonly count: number; readonly rows: number; readonly indexOf: (key: string) => number},
	start = 0,
): Position => {
	const {count, indexOf} = list;
	const rows = Math.max(1, list.rows);
	const found = cursor.key === undefined ? start : indexOf(cursor.key);
	const selected = clamp(found < 0 ? cursor.index : found, 0, Math.max(0, count - 1));
	const first = clamp(selected - Math.min(cursor.offset, rows - 1), 0, Math.max(0, count - rows));
	return {count, selected, first, rows};
};

/** The cursor after moving to a row; the list scrolls only as far as necessary. */
export const cursorAt = (
	{count, first, rows}: Position,
	to: number,
	keyAt: (index: number) => string | undefined,
): Cursor => {
	const index = clamp(to, 0, Math.max(0, count - 1));
	const top = clamp(first, index - rows + 1, index);
	return {key: keyAt(index), index, offset: index - top};
};
