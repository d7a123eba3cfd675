import type {Snapshot} from '../../monitor/snapshot.js';
import {answer} from './answer.js';
import {blocks} from './blocks.js';
import {causes} from './causes.js';
import type {Needs, PaneName, Room} from './layout.js';
import type {Pane} from './pane.js';
import {recommendations} from './recommendations.js';
import {trend} from './trend.js';
import {warm} from './warm.js';

/** All panes of the dashboard. A new pane is a file, a row here and a place in `layout.ts`. */
export const panes: Readonly<Record<PaneName, Pane>> = {
	answer,
	trend,
	warm,
	blocks,
	causes,
	recommendations,
};

/** What each pane needs in order to show a snapshot. */
export const needsOf = (snapshot: Snapshot): Needs =>
	Object.fromEntries(
		Object.entries(panes).map(([name, pane]) => [name, (room: Room) => pane.need(snapshot, room)]),
	) as Needs;
