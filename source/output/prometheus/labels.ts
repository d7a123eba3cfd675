import {sanitize} from '../../text/sanitize.js';

/** Maximum length of a label's value, which every Prometheus stores for months. */
const longest = 120;

/** The label of all names beyond the limit. */
const otherLabel = 'other';

/** The label of requests for which the log reports no name. */
const unknownLabel = 'unknown';

/** A name from a log as a label's value: one line, safe to print, of bounded length. */
export const labelOf = (name: string | undefined): string =>
	name === undefined || name === '' ? unknownLabel : sanitize(name, {columns: longest});

/**
 * The values of a label: a bounded number, and `other`. An admitted name stays admitted for the life of the process, so
 * that no count moves to another series.
 */
export class LabelValues {
	readonly #most: number;
	readonly #admitted = new Set<string>();

	constructor(most: number) {
		this.#most = most;
	}

	/**
	 * Admits names with weights; if not all fit, the heaviest.
	 * @returns the label of each name
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
