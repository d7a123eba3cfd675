import type {Against} from '../../metrics/compare.js';
import type {Cover} from '../page-options.js';
import type {Page} from '../page-parts.js';
import type {Questions} from './questions.js';
import type {ScreenState} from './screen-state.js';
import {scrolledTo} from './scrolling.js';

type CoversOptions = {
	readonly get: () => ScreenState;
	readonly set: (parts: Partial<ScreenState>) => void;
	readonly questions: Questions;
};

/** Opens and closes overlays. */
export class Covers {
	readonly #options: CoversOptions;

	constructor(options: CoversOptions) {
		this.#options = options;
	}

	/** Opens an overlay; the key that opened it closes it again. */
	toggle(cover: Cover): void {
		this.#change(cover === this.#options.get().cover ? undefined : cover);
	}

	/** Closes the overlay that is open, if any. */
	close(): void {
		this.#change(undefined);
	}

	/** Opens the comparison with another window or group. */
	compare(against: Against): void {
		this.#options.set({cover: 'comparison', scrolled: 0});
		this.#options.questions.compare(against);
	}

	/**
	 * Opens the overlay with all advice, scrolled to one of them.
	 * @param pageNow draws the page, whose sections are known only then
	 */
	showAdvice(index: number, pageNow: () => Page): void {
		this.toggle('advice');
		const {scroll} = pageNow();
		this.#options.set({scrolled: scrolledTo(scroll, scroll.sections[index] ?? 0)});
	}

	#change(cover: Cover | undefined): void {
		const {get, set, questions} = this.#options;
		if (get().cover === 'comparison') {
			// The comparison is closed, so the monitor need not compute its other side any more.
			questions.compare(undefined);
		}
		set({cover, scrolled: 0});
	}
}
