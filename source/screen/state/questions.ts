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

/** What the screen asks the monitor for: a window, a filter, a thread, another side. Answered also while it is frozen. */
export class Questions {
	readonly #options: QuestionsOptions;

	constructor(options: QuestionsOptions) {
		this.#options = options;
	}

	/** The window that was asked for last, also before its numbers have come. */
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
		// Drawn at once: the header names what was asked for.
		this.#options.set({scrolled: 0});
		this.#answer(snapshot);
	}

	filterBy(parts: Partial<Filter>): void {
		this.#options.set({scrolled: 0});
		this.#answer(this.#options.monitor.narrow({...this.filter, ...parts}));
	}

	/** Only the requests that contain a text; blank for all. */
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

	/** Every request of this thread; undefined leaves it. */
	focus(thread: {readonly name: string | undefined} | undefined): void {
		this.#answer(this.#options.monitor.focus(thread));
	}

	/** A frozen snapshot is replaced by what was asked for. */
	#answer(snapshot: Promise<Snapshot>): void {
		snapshot.then(
			found => this.#options.get().held && this.#options.set({held: found}),
			// Whoever runs the monitor reports its failures.
			() => {},
		);
	}
}
