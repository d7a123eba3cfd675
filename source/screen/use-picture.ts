import {useState, useSyncExternalStore} from 'react';
import type {View} from '../metrics/window.js';
import type {Monitor, Snapshot} from '../monitor.js';

/** What the screen needs of a monitor. */
export type Watched = Pick<Monitor, 'subscribe' | 'getSnapshot' | 'show'>;

export type Picture = {
	readonly snapshot: Snapshot;
	/** Requests that came since the picture was held still; undefined while it is not. */
	readonly waiting: number | undefined;
	readonly togglePause: () => void;
	/** Looks at another window, also while the picture is held still. */
	readonly look: (view: View) => void;
};

/** The newest snapshot, or the one that was held still. Reading goes on either way. */
export const usePicture = (monitor: Watched): Picture => {
	const newest = useSyncExternalStore(monitor.subscribe, monitor.getSnapshot);
	const [held, setHeld] = useState<Snapshot>();
	return {
		snapshot: held ?? newest,
		waiting: held && Math.max(0, newest.report.total - held.report.total),
		togglePause: () => setHeld(held ? undefined : newest),
		look: view => {
			monitor.show(view);
			if (held) {
				setHeld(monitor.getSnapshot());
			}
		},
	};
};
