import {expect, test} from 'vitest';
import {RecentMap} from '../../../source/formats/state/recent-map.js';

/** The same, in the plainest way. */
class Reference {
	readonly #limit: number;
	#entries: (readonly [string, number])[] = [];

	constructor(limit: number) {
		this.#limit = limit;
	}

	get(key: string): number | undefined {
		return this.#entries.find(([other]) => other === key)?.[1];
	}

	set(key: string, value: number): void {
		this.#entries = [...this.#entries.filter(([other]) => other !== key), [key, value] as const].slice(-this.#limit);
	}

	delete(key: string): boolean {
		const before = this.#entries.length;
		this.#entries = this.#entries.filter(([other]) => other !== key);
		return this.#entries.length < before;
	}

	clear(): void {
		this.#entries = [];
	}

	entries(): readonly (readonly [string, number])[] {
		return this.#entries;
	}
}

test.each([1, 2, 16, 17, 40])('a map of at most %i keys keeps those that were set last', limit => {
	const map = new RecentMap<number>(limit);
	const reference = new Reference(limit);
	let random = limit;
	for (let step = 0; step < 3000; step++) {
		random = (random * 1_103_515_245 + 12_345) % 2_147_483_648;
		const key = `key-${Math.floor(random / 65_536) % (limit * 2)}`;
		switch (step % 7) {
			case 3:
				expect(map.delete(key)).toBe(reference.delete(key));
				break;
			case 5:
				expect(map.get(key)).toBe(reference.get(key));
				break;
			default:
				map.set(key, step);
				reference.set(key, step);
		}
		if (step % 500 === 499) {
			map.clear();
			reference.clear();
		}
		expect(map.entries()).toEqual(reference.entries());
	}
});

test('a map is made of what another one kept, as far as there is room', () => {
	const map = new RecentMap<number>(3, [
		['a', 1],
		['b', 2],
		['c', 3],
		['d', 4],
	]);
	expect(map.entries()).toEqual([
		['b', 2],
		['c', 3],
		['d', 4],
	]);
	expect(new RecentMap(3, map.entries()).get('c')).toBe(3);
});
