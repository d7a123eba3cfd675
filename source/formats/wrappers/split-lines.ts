/** A joined line may grow to this many characters before it is given up: gateways log whole conversations. */
const longestJoined = 16 * 1024 * 1024;
/** The rest of a line is waited for as long as this many lines, in at most so many processes at once. */
const longestWait = 10_000;
const mostSplit = 100;

/** Split lines of at most so many characters in all are saved: a few of the longest that container runtimes split. */
const mostSaved = 128 * 1024;

/** The lines that wait for their rest, as plain data; `age` in lines. */
export type SplitLinesState = readonly {readonly stream: string; readonly text: string; readonly age: number}[];

/** Puts the parts of lines together that a container runtime split, by the process that wrote them. */
export class SplitLines {
	readonly #parts = new Map<string, {readonly text: string; readonly line: number}>();
	#line = 0;

	constructor(saved: SplitLinesState = []) {
		for (const {stream, text, age} of saved) {
			this.#parts.set(stream, {text, line: -age});
		}
	}

	get state(): SplitLinesState {
		const saved: {stream: string; text: string; age: number}[] = [];
		let length = 0;
		for (const [stream, {text, line}] of [...this.#parts].reverse()) {
			length += text.length;
			if (length <= mostSaved) {
				saved.unshift({stream, text, age: this.#line - line});
			}
		}
		return saved;
	}

	/** Whether a split line waits for its rest. */
	get waiting(): boolean {
		return this.#parts.size > 0;
	}

	/** Counts a line of the log. A writer that died in the middle of a line never ends it, and a rotation may cut one. */
	nextLine(): void {
		this.#line++;
		for (const [stream, part] of this.#parts) {
			// The oldest come first.
			if (this.#line - part.line <= longestWait && this.#parts.size <= mostSplit) {
				break;
			}
			this.#parts.delete(stream);
		}
	}

	/** @returns the whole line; undefined until its last part has come */
	join(stream: string, text: string, partial: boolean): string | undefined {
		const before = this.#parts.get(stream);
		const whole = before === undefined ? text : before.text + text;
		if (partial && whole.length <= longestJoined) {
			this.#parts.set(stream, {text: whole, line: before?.line ?? this.#line});
			return undefined;
		}
		if (before !== undefined) {
			this.#parts.delete(stream);
		}
		return whole;
	}
}
