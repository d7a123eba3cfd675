/**
 * Names of threads: a session that continues another has a name of its own. A thread goes by the smallest of its names.
 */
export class ThreadNames {
	/** Maps names that are not their thread's to the one that is. */
	readonly #names = new Map<string, string>();

	/** The name of the thread with this name. */
	of<Name extends string | undefined>(name: Name): Name | string {
		return name === undefined ? name : (this.#names.get(name) ?? name);
	}

	/** Joins two threads. */
	join(one: string, other: string): void {
		const [least, most] = inOrderOfName(this.of(one), this.of(other));
		if (least !== most) {
			for (const [name, thread] of this.#names) {
				if (thread === most) {
					this.#names.set(name, least);
				}
			}
			this.#names.set(most, least);
		}
	}
}

/** Of two names, the one that a joined thread goes by, and the other. */
export const inOrderOfName = (one: string, other: string): readonly [least: string, most: string] =>
	one < other ? [one, other] : [other, one];
