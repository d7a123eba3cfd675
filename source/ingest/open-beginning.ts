/** Bytes of a document that is held at most. */
const longest = 64 * 1024;

const [newline, openSquare, closeSquare, openCurly, closeCurly] = [0x0a, 0x5b, 0x5d, 0x7b, 0x7d];

/**
 * The first lines of a log that are no more than the beginning of a document over several lines: only its last line says
 * what it is, and often has no end.
 */
export class OpenBeginning {
	#bytes: Buffer | undefined;

	/** What is held; undefined where the lines so far are whole, or too many. */
	get bytes(): Buffer | undefined {
		return this.#bytes;
	}

	/** @param head these are the first lines of a file */
	add(bytes: Buffer, head: boolean): void {
		const before = head ? Buffer.alloc(0) : this.#bytes;
		this.#bytes = undefined;
		if (before && before.length + bytes.length <= longest) {
			const all = Buffer.concat([before, bytes]);
			const isBegun = all[0] === openCurly || all[0] === openSquare;
			const last = all[all.lastIndexOf(newline, all.length - 2) + 1];
			this.#bytes = isBegun && last !== closeCurly && last !== closeSquare ? all : undefined;
		}
	}

	clear(): void {
		this.#bytes = undefined;
	}
}
