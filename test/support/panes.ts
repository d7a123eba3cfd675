import type {Snapshot} from '../../source/monitor/snapshot.js';
import type {Drawing, Pane} from '../../source/screen/dashboard/pane.js';
import {textOf} from '../../source/screen/text/line.js';

/** What panes are drawn with unless a test says otherwise. */
export const defaultDrawing: Drawing = {
	columns: 56,
	rows: 6,
	dense: false,
	unicode: true,
	timeZone: 'UTC',
	selected: 0,
	rateLine: true,
	keys: true,
};

/** The text that a pane draws, row by row. */
export const paneRows = (pane: Pane, snapshot: Snapshot, drawing: Partial<Drawing> = {}): readonly string[] =>
	pane.draw(snapshot, {...defaultDrawing, ...drawing}).map(line => textOf(line).trimEnd());
