/**
 * Bytes to be found again elsewhere. They are compared four at a time, which is several times quicker than one by one
 * and than any call out of JavaScript for texts as short as these.
 */
export class Literal {
	readonly length: number;
	readonly #bytes: Uint8Array;
	readonly #words: Uint32Array;
	/** The last four bytes, which overlap the words before them. */
	readonly #last: number;

	/** @param bytes copied */
	constructor(bytes: Uint8Array) {
		const copy = Uint8Array.from(bytes);
		const view = new DataView(copy.buffer);
		this.length = copy.length;
		this.#bytes = copy;
		this.#words = Uint32Array.from({length: copy.length >> 2}, (_, index) => view.getUint32(index * 4, true));
		this.#last = copy.length >= 4 ? view.getUint32(copy.length - 4, true) : 0;
	}

	/** Whether the same bytes stand at this place. */
	standsAt(view: DataView, at: number): boolean {
		const {length} = this;
		if (at < 0 || at + length > view.byteLength) {
			return false;
		}
		if (length < 4) {
			for (let index = 0; index < length; index++) {
				if (view.getUint8(at + index) !== this.#bytes[index]) {
					return false;
				}
			}
			return true;
		}
		const words = this.#words;
		for (let index = 0; index < words.length; index++) {
			if (view.getUint32(at + index * 4, true) !== words[index]) {
				return false;
			}
		}
		return view.getUint32(at + length - 4, true) === this.#last;
	}
}

/** The same of a text. */
export const literal = (text: string): Literal => new Literal(Buffer.from(text));

/** The view that literals are looked for in. */
export const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
