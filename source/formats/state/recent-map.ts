import {hashOf} from './hash-of.js';

type Entry<Value> = {
	key: string;
	value: Value;
	/** Of its key. */
	hash: number;
	/** Those that were set just before and after it. */
	before: Entry<Value> | undefined;
	after: Entry<Value> | undefined;
	/** The next one in its bucket. */
	next: Entry<Value> | undefined;
};

/** A power of two. */
const fewestBuckets = 16;
/**
 * A map that keeps the keys that were set last: logs grow without end.
 *
 * A table of its own, for where keys come and go all the time, those of JavaScript's `Map` cost the collector dear: each
 * time one is made anew, the old one refers to the new one, and what only they hold outlives many collections.
 */
export class RecentMap<Value> {
	readonly #limit: number;
	#buckets: (Entry<Value> | undefined)[] = [];
	#size = 0;
	#oldest: Entry<Value> | undefined;
	#newest: Entry<Value> | undefined;

	/** @param entries as `entries` gave them */
	constructor(limit: number, entries: readonly (readonly [string, Value])[] = []) {
		this.#limit = limit;
		for (const [key, value] of entries) {
			this.set(key, value);
		}
	}

	get(key: string): Value | undefined {
		return this.#find(key)?.value;
	}

	/** @returns the value that the key had before */
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

	/** Returns whether there was one. */
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

	/** The one that was set last comes last. */
	entries(): readonly (readonly [string, Value])[] {
		const all: [string, Value][] = [];
		for (let entry = this.#oldest; entry; entry = entry.after) {
			all.push([entry.key, entry.value]);
		}
		return all;
	}

	#find(key: string): Entry<Value> | undefined {
		// Lines of one thread follow each other.
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

	/** An entry that is in no bucket: where there is no room for one more, the oldest. */
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
