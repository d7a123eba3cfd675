/** Items with links to their neighbours in order of use. */
type Link<Item> = {earlier: Item | undefined; later: Item | undefined};

/** Items in the order of last use. Using one takes constant time. */
export class Recency<Item extends Link<Item>> implements Iterable<Item> {
	#first: Item | undefined;
	#last: Item | undefined;

	/** The one used last. */
	get latest(): Item | undefined {
		return this.#last;
	}

	/** Moves or adds an item to the end. */
	use(item: Item): void {
		if (item === this.#last) {
			return;
		}
		this.remove(item);
		item.earlier = this.#last;
		if (this.#last) {
			this.#last.later = item;
		} else {
			this.#first = item;
		}
		this.#last = item;
	}

	/** Removes an item, if it is linked. */
	remove(item: Item): void {
		const {earlier, later} = item;
		if (earlier) {
			earlier.later = later;
		} else if (this.#first === item) {
			this.#first = later;
		}
		if (later) {
			later.earlier = earlier;
		} else if (this.#last === item) {
			this.#last = earlier;
		}
		item.earlier = undefined;
		item.later = undefined;
	}

	/** Least recently used first. The current item may be removed during iteration. */
	*[Symbol.iterator](): Iterator<Item> {
		let item = this.#first;
		while (item) {
			const {later} = item;
			yield item;
			item = later;
		}
	}
}
