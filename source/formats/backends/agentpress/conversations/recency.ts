/** What is linked: it holds its neighbours, the one that was used before it and the one used after it. */
type Link<Item> = {earlier: Item | undefined; later: Item | undefined};

/** Items in the order in which they were used last. Using one again costs the same however many there are. */
export class Recency<Item extends Link<Item>> implements Iterable<Item> {
	#first: Item | undefined;
	#last: Item | undefined;

	/** The one used last. */
	get latest(): Item | undefined {
		return this.#last;
	}

	/** Puts an item at the end, whether it was linked or not. */
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

	/** Takes an item out, if it is linked. */
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

	/** The one used longest ago first. An item may be removed while it is the current one. */
	*[Symbol.iterator](): Iterator<Item> {
		let item = this.#first;
		while (item) {
			const {later} = item;
			yield item;
			item = later;
		}
	}
}
