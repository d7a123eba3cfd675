import type {Against} from '../../metrics/compare.js';
import type {Filter} from '../../metrics/filter.js';
import type {View} from '../../metrics/windows/window.js';
import type {Snapshot} from '../../monitor/snapshot.js';
import type {ScreenState, Watched} from './screen-state.js';

type QuestionsOptions = {
	readonly monitor: Watched;
	readonly get: () => ScreenState;
	readonly set: (parts: Partial<ScreenState>) => void;
};

/**
 * The screen's requests to the monitor: a window, a filter, a thread, a comparison. They are answered even while the
 * screen is frozen.
 */
export class Questions {
	readonly #options: QuestionsOptions;

	constructor(options: QuestionsOptions) {
		this.#options = options;
	}

	/** The view requested last, even if its numbers have not arrived yet. */
	get view(): View {
		return this.#options.monitor.getView();
	}

	get filter(): Filter {
		return this.#options.monitor.getSnapshot().report.filter;
	}

	/** The snapshot on the screen: the frozen one, or the latest. */
	get shown(): Snapshot {
		return this.#options.get().held ?? this.#options.monitor.getSnapshot();
	}

	look(view: View): void {
		const snapshot = this.#options.monitor.show(view);
		// Redraw at once, so that the header names the requested window.
		this.#options.set({scrolled: 0});
		this.#answer(snapshot);
	}

	filterBy(parts: Partial<Filter>): void {
		this.#options.set({scrolled: 0});
		this.#answer(this.#options.monitor.narrow({...this.filter, ...parts}));
	}

	/** Filters requests by a text that they contain; blank removes the filter. */
	narrow(typed: string): void {
		const text = typed.trim() === '' ? undefined : typed.trim();
		if (text !== this.filter.text) {
			this.filterBy({text});
		}
	}

	/** Asks for the other side of a comparison; undefined ends the comparison. */
	compare(against: Against | undefined): void {
		this.#answer(this.#options.monitor.compare(against));
	}

	/** Asks for every request of a thread; undefined ends that. */
	focus(thread: {readonly name: string | undefined} | undefined): void {
		this.#answer(this.#options.monitor.focus(thread));
	}

	/** Shows the answer even on a frozen screen, whose snapshot it replaces. */
	#answer(snapshot: Promise<Snapshot>): void {
		snapshot.then(
			found => this.#options.get().held && this.#options.set({held: found}),
			// Failures are reported by whoever runs the monitor.
			() => {},
		);
	}
}
