/** Texts up to this length are remembered. */
const longestRemembered = 256;

/** What readers tell names apart by: a row's number, the ids of providers and of batches, hexadecimal that is not plain. */
const rowNumber = /^\d{1,12}$/;
const ofProvider = /^(?:req|msg|chatcmpl|cmpl|resp|gen)[_-]/;
const ofBatch = /^batch_req_/;
const notPlain = /[A-Z]|^0x/;

/** Names of one form are treated alike by every reader. */
export const formOf = (name: string): number =>
	(rowNumber.test(name) ? 1 : 0) |
	(ofProvider.test(name) ? 2 : 0) |
	(ofBatch.test(name) ? 4 : 0) |
	(notPlain.test(name) ? 8 : 0);

/** The text in a slot, made only where it is another than in the line before: models and threads stay. */
export class SlotText {
	#bytes: Uint8Array = new Uint8Array(0);
	#text = '';
	#form: number | undefined;

	of(bytes: Buffer, from: number, behind: number): string {
		if (!this.#isLast(bytes, from, behind)) {
			this.#text = bytes.toString('latin1', from, behind);
			this.#form = undefined;
			this.#bytes =
				behind - from <= longestRemembered ? Uint8Array.prototype.slice.call(bytes, from, behind) : new Uint8Array(0);
		}
		return this.#text;
	}

	formOf(bytes: Buffer, from: number, behind: number): number {
		const text = this.of(bytes, from, behind);
		this.#form ??= formOf(text);
		return this.#form;
	}

	#isLast(bytes: Buffer, from: number, behind: number): boolean {
		const last = this.#bytes;
		if (behind - from !== last.length) {
			return false;
		}
		for (let index = last.length - 1; index >= 0; index--) {
			if (bytes[from + index] !== last[index]) {
				return false;
			}
		}
		return true;
	}
}
