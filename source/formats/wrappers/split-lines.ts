/** Maximum characters of a joined line; gateways log whole conversations. */
const longestJoined = 16 * 1024 * 1024;
/** Maximum number of lines to wait for the rest of a line, and of processes at the same time. */
const longestWait = 10_000;
const mostSplit = 100;

/** Maximum total characters of saved lines: a few of the longest that container runtimes split. */
const mostSaved = 128 * 1024;

/** Lines that wait for their rest, as plain data; `age` in lines. */
export type SplitLinesState = readonly {readonly stream: string; readonly text: string; readonly age: number}[];

/** Joins lines that a container runtime split, by the process that wrote them. */
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

	/** True if a split line waits for its rest. */
	get waiting(): boolean {
		return this.#parts.size > 0;
	}

	/**
	 * Counts a line of the log. Incomplete lines expire, because a writer may have died, or a rotation may have cut the
	 * line.
	 */
	nextLine(): void {
		this.#line++;
		for (const [stream, part] of this.#parts) {
			// Oldest first.
			if (this.#line - part.line <= longestWait && this.#parts.size <= mostSplit) {
				break;
			}
			this.#parts.delete(stream);
		}
	}

	/** @returns the whole line; undefined until its last part has arrived */
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
