import {UsageError} from '../../errors.js';
import type {Against} from '../../metrics/compare.js';
import type {View} from '../../metrics/windows/window.js';
import {parseAgainst} from '../../session/parse-against.js';
import {graphemesOf} from '../../text/graphemes.js';
import type {Prompt} from './prompt.js';
import {parseRange, type Range} from './range.js';
import type {ScreenState} from './screen-state.js';

/** What the input line reads and changes. */
type TypingOptions = {
	/** IANA name of the time zone of typed times. */
	readonly zone: string;
	readonly get: () => ScreenState;
	readonly set: (parts: Partial<ScreenState>) => void;
	/** The current time in epoch milliseconds. */
	readonly now: () => number;
	readonly narrow: (text: string) => void;
	readonly look: (view: View) => void;
	readonly mark: (name: string) => void;
	readonly compare: (against: Against) => void;
};

/** Debounce in milliseconds: keys that follow each other faster cause one look-up. */
const typingTime = 40;
/** Maximum length of the text in characters, so that it fits one line. */
const longest = 200;

const withoutLast = (text: string): string => text.slice(0, [...graphemesOf(text)].at(-1)?.index ?? 0);

/** The input line, which replaces the footer while a filter, a range, a mark or a comparison is being typed. */
export class Typing {
	readonly #options: TypingOptions;
	#timer: NodeJS.Timeout | undefined;
	/** True while the line shows what was typed last time: the first character replaces it, Backspace edits it. */
	#isProposal = false;

	constructor(options: TypingOptions) {
		this.#options = options;
	}

	begin(prompt: Prompt): void {
		this.#isProposal = false;
		this.#options.set({prompt});
	}

	/** Opens the line for a comparison and proposes the last one. */
	beginCompare(): void {
		this.begin({kind: 'compare', text: this.#options.get().lastAgainst, error: undefined});
		this.#isProposal = true;
	}

	/** Opens the line for a range and proposes the last one. */
	beginRange(): void {
		this.begin(this.#rangePrompt(this.#options.get().lastRange));
		this.#isProposal = true;
		// The parser of dates takes a tenth of a second to load. Load it before the first key rather than after it.
		setImmediate(() => this.#parse('now'));
	}

	write(text: string): void {
		const before = this.#isProposal ? '' : (this.#prompt?.text ?? '');
		this.#change((before + text).slice(0, longest));
	}

	erase(): void {
		this.#change(withoutLast(this.#prompt?.text ?? ''));
	}

	empty(): void {
		this.#change('');
	}

	/** Applies the text; an empty line cancels. An invalid range stays on the line, with the reason. */
	keep(): void {
		const prompt = this.#prompt;
		if (prompt?.kind === 'filter') {
			this.#endFilter(prompt.text);
		} else if (prompt?.kind === 'mark') {
			this.#options.set({prompt: undefined});
			if (prompt.text.trim() !== '') {
				this.#options.mark(prompt.text);
			}
		} else if (prompt?.kind === 'compare') {
			this.#keepAgainst(prompt.text);
		} else if (prompt) {
			this.#keepRange(prompt.text);
		}
	}

	/** Closes the line. Clears a filter, but leaves the window as it is. */
	cancel(): void {
		const prompt = this.#prompt;
		if (prompt?.kind === 'filter') {
			this.#endFilter('');
		} else if (prompt?.kind === 'mark' || prompt?.kind === 'compare') {
			this.#options.set({prompt: undefined});
		} else {
			this.#options.set({prompt: undefined, lastRange: prompt?.text ?? ''});
		}
	}

	close(): void {
		clearTimeout(this.#timer);
	}

	get #prompt(): Prompt | undefined {
		return this.#options.get().prompt;
	}

	#change(text: string): void {
		const prompt = this.#prompt;
		if (prompt?.kind === 'range') {
			this.begin(this.#rangePrompt(text));
		} else if (prompt?.kind === 'mark') {
			this.begin({kind: 'mark', text});
		} else if (prompt?.kind === 'compare') {
			this.begin({kind: 'compare', text, error: undefined});
		} else if (prompt) {
			this.begin({kind: 'filter', text});
			clearTimeout(this.#timer);
			this.#timer = setTimeout(() => this.#options.narrow(text), typingTime);
		}
	}

	#endFilter(text: string): void {
		clearTimeout(this.#timer);
		this.#options.set({prompt: undefined});
		this.#options.narrow(text);
	}

	#keepAgainst(text: string): void {
		const {set, compare, now, zone} = this.#options;
		if (text.trim() === '') {
			this.cancel();
			return;
		}
		try {
			const against = parseAgainst(text, 'c', now(), zone);
			set({prompt: undefined, lastAgainst: text});
			compare(against);
		} catch (error) {
			if (!(error instanceof UsageError)) {
				throw error;
			}
			set({prompt: {kind: 'compare', text, error: 'nothing to compare with'}});
		}
	}

	#keepRange(text: string): void {
		const {set, look} = this.#options;
		if (text.trim() === '') {
			this.cancel();
			return;
		}
		const found = this.#parse(text);
		if (typeof found === 'string') {
			set({prompt: {kind: 'range', text, range: undefined, error: found}});
			return;
		}
		set({prompt: undefined, lastRange: text});
		look({choice: found, end: undefined});
	}

	#rangePrompt(text: string): Prompt {
		const found = text.trim() === '' ? undefined : this.#parse(text);
		return {kind: 'range', text, range: typeof found === 'string' ? undefined : found, error: undefined};
	}

	/** The range that a text means, or why it is not valid. */
	#parse(text: string): Range | string {
		const {now, zone} = this.#options;
		try {
			return parseRange(text, {now: now(), zone});
		} catch (error) {
			if (error instanceof UsageError) {
				return error.message;
			}
			throw error;
		}
	}
}
