/** The selection in a list that changes while it is shown. */
export type Cursor = {
	/** The row that was chosen; undefined stays at the row the list begins with, whatever comes. */
	readonly key: string | undefined;
	/** The index it had: where the row is gone, the one that took its place is selected. */
	readonly index: number;
	/** Rows of the list above it on the screen. */
	readonly offset: number;
};

/** Nothing chosen yet. */
export const unmoved: Cursor = {key: undefined, index: 0, offset: 0};

/** What a cursor means in a list as it is now. */
export type Position = {
	readonly count: number;
	/** The selected row; 0 where the list is empty. */
	readonly selected: number;
	/** The first row on the screen, and how many there is room for. */
	readonly first: number;
	readonly rows: number;
};

const clamp = (value: number, least: number, most: number): number => Math.max(least, Math.min(most, value));

/**
 * Finds a cursor's row again; the screen moves as little as it can.
 * @param indexOf where a key is now; -1 where it is gone
 * @param start the row that an unmoved cursor is at
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

/** The cursor after it went to a row; the screen scrolls only as far as needed. */
export const cursorAt = (
	{count, first, rows}: Position,
	to: number,
	keyAt: (index: number) => string | undefined,
): Cursor => {
	const index = clamp(to, 0, Math.max(0, count - 1));
	const top = clamp(first, index - rows + 1, index);
	return {key: keyAt(index), index, offset: index - top};
};
