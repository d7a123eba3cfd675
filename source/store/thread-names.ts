/** Names of one thread: a session that continues another under a name of its own. Of all its names it goes by the least. */
export class ThreadNames {
	/** Each name that is not its thread's, with the one that is. */
	readonly #names = new Map<string, string>();

	/** What the thread of this name is called. */
	of<Name extends string | undefined>(name: Name): Name | string {
		return name === undefined ? name : (this.#names.get(name) ?? name);
	}

	/** Makes two threads one. */
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

/** Of two names that of the thread that both are, and the other. */
export const inOrderOfName = (one: string, other: string): readonly [least: string, most: string] =>
	one < other ? [one, other] : [other, one];
