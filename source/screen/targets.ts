import type {Tab} from './tabs.js';

/** What a click on a cell does. */
export type Click =
	| {readonly kind: 'tab'; readonly tab: Tab}
	/** A row of the list, counted from 0. */
	| {readonly kind: 'item'; readonly index: number}
	/** Advice on the dashboard, counted from 1. */
	| {readonly kind: 'advice'; readonly index: number};

/** Cells of one row that can be clicked: from one column up to before another. */
export type Target = {readonly row: number; readonly from: number; readonly to: number; readonly does: Click};

/** What is under a cell; undefined if nothing can be clicked. */
export const clickAt = (targets: readonly Target[], column: number, row: number): Click | undefined =>
	targets.find(target => target.row === row && target.from <= column && column < target.to)?.does;

/** A target per row, one below the other. */
export const rowTargets = (
	{
		column,
		row,
		columns,
		count,
	}: {readonly column: number; readonly row: number; readonly columns: number; readonly count: number},
	does: (offset: number) => Click,
): readonly Target[] =>
	Array.from({length: Math.max(0, count)}, (_, offset) => ({
		row: row + offset,
		from: column,
		to: column + columns,
		does: does(offset),
	}));
