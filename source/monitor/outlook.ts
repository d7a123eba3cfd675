import type {Against} from '../metrics/compare.js';
import type {Filter} from '../metrics/filter.js';
import type {Overview} from '../metrics/ledger.js';
import {presetChoice, resolveView, type Span, type View, type Window} from '../metrics/windows/window.js';
import type {Focus} from './focused-thread.js';

const day = 86_400_000;

/** The default window: 24 hours, or all if the latest request is older. */
const defaultView = (span: Span, now: number): View => {
	const isRecent = span !== undefined && span.last >= now - day;
	return {choice: presetChoice(isRecent ? '24h' : 'all'), end: undefined};
};

/** What a snapshot shows. */
export type Looking = {
	readonly filter: Filter;
	readonly focus: Focus | undefined;
	readonly against: Against | undefined;
	/** The view and window for the requests in a ledger. */
	readonly at: (overview: Overview) => {readonly view: View; readonly window: Window};
};

/** The user's latest choices; a default window until one is chosen. */
export class Outlook {
	#view: View;
	#isChosen: boolean;
	filter: Filter;
	/** The thread in focus. */
	focus: Focus | undefined;
	/** What the window is compared with; undefined without a comparison. */
	against: Against | undefined;

	/** @param view undefined: 24 hours, or all if the log ends before that */
	constructor(view: View | undefined, filter: Filter) {
		this.#view = view ?? {choice: presetChoice('24h'), end: undefined};
		this.#isChosen = view !== undefined;
		this.filter = filter;
	}

	get view(): View {
		return this.#view;
	}

	/** Sets the window that the user chose. */
	set view(view: View) {
		this.#view = view;
		this.#isChosen = true;
	}

	/** Replaces the default window; no effect once the user has chosen one. */
	suggest(view: View): void {
		this.#view = this.#isChosen ? this.#view : view;
	}

	/** A copy of the choices for one snapshot. @param time epoch milliseconds */
	now(time: number): Looking {
		const {view: before, filter, focus, against} = this;
		const isChosen = this.#isChosen;
		return {
			filter,
			focus,
			against,
			at: ({span, total}) => {
				const view = isChosen || total === 0 ? before : defaultView(span, time);
				return {view, window: resolveView(view, time, span)};
			},
		};
	}
}
