import {hashOf} from './hash-of.js';

type Entry<Value> = {
	key: string;
	value: Value;
	/** Hash of the key. */
	hash: number;
	/** The entries set just before and after this one. */
	before: Entry<Value> | undefined;
	after: Entry<Value> | undefined;
	/** The next entry in its bucket. */
	next: Entry<Value> | undefined;
};

/** A power of two. */
const fewestBuckets = 16;
/**
 * A map that keeps the most recently set keys, because logs grow without limit.
 *
 * It has a table of its own, because `Map` is expensive to collect if keys are added and removed all the time: each
 * time its table is replaced, the old one refers to the new one, so that garbage survives many collections.
 */
export class RecentMap<Value> {
	readonly #limit: number;
	#buckets: (Entry<Value> | undefined)[] = [];
	#size = 0;
	#oldest: Entry<Value> | undefined;
	#newest: Entry<Value> | undefined;

	/** @param entries as returned by `entries` */
	constructor(limit: number, entries: readonly (readonly [string, Value])[] = []) {
		this.#limit = limit;
		for (const [key, value] of entries) {
			this.set(key, value);
		}
	}

	/** Number of keys. */
	get size(): number {
		return this.#size;
	}

	get(key: string): Value | undefined {
		return this.#find(key)?.value;
	}

	/** @returns the previous value of the key */
	set(key: string, value: Value): Value | undefined {
		const known = this.#find(key);
		if (!known) {
			this.#insert(this.#recycled(key, value));
			return undefined;
		}
		const before = known.value;
		known.value = value;
		if (known !== this.#newest) {
			this.#unlink(known);
			this.#append(known);
		}
		return before;
	}

	/** Returns true if the key existed. */
	delete(key: string): boolean {
		const entry = this.#find(key);
		if (entry) {
			this.#remove(entry);
		}
		return entry !== undefined;
	}

	clear(): void {
		if (this.#size > 0) {
			this.#buckets = [];
			this.#size = 0;
			this.#oldest = undefined;
			this.#newest = undefined;
		}
	}

	/** In the order in which they were set, latest last. */
	entries(): readonly (readonly [string, Value])[] {
		const all: [string, Value][] = [];
		for (let entry = this.#oldest; entry; entry = entry.after) {
			all.push([entry.key, entry.value]);
		}
		return all;
	}

	#find(key: string): Entry<Value> | undefined {
		// Successive lines often belong to the same thread.
		if (this.#newest?.key === key) {
			return this.#newest;
		}
		const hash = hashOf(key);
		let entry = this.#size === 0 ? undefined : this.#buckets[this.#bucketOf(hash)];
		while (entry && (entry.hash !== hash || entry.key !== key)) {
			entry = entry.next;
		}
		return entry;
	}

	#bucketOf(hash: number): number {
		return hash & (this.#buckets.length - 1);
	}

	/** An entry that is in no bucket: the oldest if the map is full. */
	#recycled(key: string, value: Value): Entry<Value> {
		const oldest = this.#size >= this.#limit ? this.#oldest : undefined;
		if (!oldest) {
			return {key, value, hash: hashOf(key), before: undefined, after: undefined, next: undefined};
		}
		this.#remove(oldest);
		oldest.key = key;
		oldest.value = value;
		oldest.hash = hashOf(key);
		return oldest;
	}

	#insert(entry: Entry<Value>): void {
		if (this.#size >= this.#buckets.length) {
			this.#grow();
		}
		this.#chain(entry);
		this.#append(entry);
		this.#size++;
	}

	#grow(): void {
		this.#buckets = new Array(Math.max(fewestBuckets, this.#buckets.length * 2)).fill(undefined);
		for (let entry = this.#oldest; entry; entry = entry.after) {
			this.#chain(entry);
		}
	}

	#chain(entry: Entry<Value>): void {
		const bucket = this.#bucketOf(entry.hash);
		entry.next = this.#buckets[bucket];
		this.#buckets[bucket] = entry;
	}

	#remove(entry: Entry<Value>): void {
		const bucket = this.#bucketOf(entry.hash);
		let other = this.#buckets[bucket];
		if (other === entry) {
			this.#buckets[bucket] = entry.next;
		}
		for (; other; other = other.next) {
			if (other.next === entry) {
				other.next = entry.next;
			}
		}
		entry.next = undefined;
		this.#unlink(entry);
		this.#size--;
	}

	#append(entry: Entry<Value>): void {
		entry.before = this.#newest;
		if (this.#newest) {
			this.#newest.after = entry;
		} else {
			this.#oldest = entry;
		}
		this.#newest = entry;
	}

	#unlink(entry: Entry<Value>): void {
		const {before, after} = entry;
		if (before) {
			before.after = after;
		} else {
			this.#oldest = after;
		}
		if (after) {
			after.before = before;
		} else {
			this.#newest = before;
		}
		entry.before = undefined;
		entry.after = undefined;
	}
}
