import {sanitize} from '../../text/sanitize.js';

/** Longer values tell nobody more, and are kept by every Prometheus for months. */
const longest = 120;

/** What the names beyond the bound are counted as together. */
const otherLabel = 'other';

/** What those are counted as of which the log reports no name. */
const unknownLabel = 'unknown';

/** A name from a log as a label's value: one harmless line of bounded length. */
export const labelOf = (name: string | undefined): string =>
	name === undefined || name === '' ? unknownLabel : sanitize(name, {columns: longest});

/**
 * The values that a label may have: a bounded number, and `other`. A name that is in stays in as long as the process lives, so
 * that no count moves from one series to another.
 */
export class LabelValues {
	readonly #most: number;
	readonly #admitted = new Set<string>();

	constructor(most: number) {
		this.#most = most;
	}

	/**
	 * The values for names that come with a weight; where there is no room for all, the heaviest get in.
	 * @returns what to call each name
	 */
	admit(weights: ReadonlyMap<string | undefined, number>): (name: string | undefined) => string {
		const inOrder = [...weights].sort(
			([one, heavy], [other, heavier]) => heavier - heavy || (labelOf(one) < labelOf(other) ? -1 : 1),
		);
		for (const [name] of inOrder) {
			if (this.#admitted.size < this.#most) {
				this.#admitted.add(labelOf(name));
			}
		}
		return name => {
			const label = labelOf(name);
			return this.#admitted.has(label) ? label : otherLabel;
		};
	}
}
