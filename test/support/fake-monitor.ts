import type {Against} from '../../source/metrics/compare.js';
import type {Filter} from '../../source/metrics/filter.js';
import type {View} from '../../source/metrics/windows/window.js';
import type {Snapshot} from '../../source/monitor/snapshot.js';
import type {Watched} from '../../source/screen/state/screen-state.js';

/** A monitor that is told what to show. */
export type FakeMonitor = Watched & {
	readonly publish: (snapshot: Snapshot) => void;
	/** The views that were asked for. */
	readonly shown: readonly View[];
	/** The filters that were asked for. */
	readonly narrowed: readonly Filter[];
	/** What was to be compared with; undefined where no longer with anything. */
	readonly compared: readonly (Against | undefined)[];
};

export const fakeMonitor = (
	first: Snapshot,
	onShow: (view: View) => Snapshot = view => ({...first, view}),
	onNarrow: (filter: Filter) => Snapshot = filter => ({...first, report: {...first.report, filter}}),
): FakeMonitor => {
	let snapshot = first;
	const listeners = new Set<() => void>();
	const shown: View[] = [];
	const narrowed: Filter[] = [];
	const compared: (Against | undefined)[] = [];
	const publish = (next: Snapshot) => {
		snapshot = next;
		for (const listener of listeners) {
			listener();
		}
	};
	return {
		shown,
		narrowed,
		compared,
		publish,
		subscribe: listener => {
			listeners.add(listener);
			return () => {
				listeners.delete(listener);
			};
		},
		getSnapshot: () => snapshot,
		getView: () => snapshot.view,
		show: async view => {
			shown.push(view);
			publish(onShow(view));
			return snapshot;
		},
		narrow: async filter => {
			narrowed.push(filter);
			publish(onNarrow(filter));
			return snapshot;
		},
		focus: async () => snapshot,
		compare: async against => {
			compared.push(against);
			publish({...snapshot, against: against && {report: first.report}});
			return snapshot;
		},
	};
};
