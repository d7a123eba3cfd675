/** Maximum bytes of a document that is held. */
const longest = 64 * 1024;

const [newline, openSquare, closeSquare, openCurly, closeCurly] = [0x0a, 0x5b, 0x5d, 0x7b, 0x7d];

/**
 * The first lines of a log, if they are only the beginning of a document with several lines: its format is known only
 * after its last line, which often has no line break.
 */
export class OpenBeginning {
	#bytes: Buffer | undefined;

	/** The lines held; undefined if the lines so far are complete, or too many. */
	get bytes(): Buffer | undefined {
		return this.#bytes;
	}

	/** @param head true for the first lines of a file */
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
