import {Literal} from './bytes/literal.js';

const size = 4096;

type Known = {readonly bytes: Literal; readonly text: string};

/**
 * Texts that recur from line to line, found by their bytes: the same text is the same string again, so nothing is made
 * and a map finds it by a hash it already has. ASCII only.
 */
export class NameCache {
	/** By some of the bytes; a text drives out another of the same place. */
	readonly #known: (Known | undefined)[] = new Array<Known | undefined>(size);

	/** The text if it was read before. */
	find(view: DataView, start: number, end: number): string | undefined {
		const known = this.#known[place(view, start, end)];
		return known !== undefined && known.bytes.length === end - start && known.bytes.standsAt(view, start)
			? known.text
			: undefined;
	}

	read(bytes: Buffer, view: DataView, start: number, end: number): string {
		const found = this.find(view, start, end);
		if (found !== undefined) {
			return found;
		}
		const text = bytes.toString('latin1', start, end);
		this.#known[place(view, start, end)] = {bytes: new Literal(bytes.subarray(start, end)), text};
		return text;
	}
}

const place = (view: DataView, start: number, end: number): number => {
	if (end - start < 4 || end > view.byteLength) {
		return 0;
	}
	const mixed = Math.imul(
		view.getUint32(start, true) ^ Math.imul(view.getUint32(end - 4, true), 0x85ebca6b),
		0x9e3779b1,
	);
	return (mixed >>> 20) & (size - 1);
};
